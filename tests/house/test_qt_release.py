"""The installed Qt survives what one working day asks of it.

PySide6 6.12.0 gives one reference of None away in every call that returns nothing; under
Python 3.11 the process aborts after about 5,000 of them (measured).
"""

import subprocess
import sys

DAY = """
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel

class Bell(QObject):
    rung = Signal(int)

app = QApplication([])
label, bell, heard = QLabel(), Bell(), []
bell.rung.connect(heard.append)
for number in range(20_000):
    label.setText(str(number))
for number in range(1_500):
    bell.rung.emit(number)
app.processEvents()
print(label.text(), len(heard))
"""


def test_qt_survives_a_working_day() -> None:
    done = subprocess.run([sys.executable, "-c", DAY], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout.split()) == (0, ["19999", "1500"]), done.stderr
