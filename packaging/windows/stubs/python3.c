/* python3.dll holds nothing of its own: each name leads to the DLL of the exact version. */

int __stdcall DllMainCRTStartup(void *module, unsigned reason, void *reserved) { return 1; }
