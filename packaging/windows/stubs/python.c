/* python.exe: all of Python is in its DLL. */
#include <wchar.h>

extern int Py_Main(int count, wchar_t **words);

int wmain(int count, wchar_t **words) { return Py_Main(count, words); }
