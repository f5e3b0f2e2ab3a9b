from os import scandir
