from os import listdir
