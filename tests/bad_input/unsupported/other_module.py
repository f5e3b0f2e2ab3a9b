import threading
import subprocess
