/* The converters of ICU that Qt is linked to, for a wine that has none. Every call says "file access
   error", so Qt falls back to its own. Windows has the real ones; this is never shipped. */

typedef int ErrorCode;
#define CALL __declspec(dllexport)
#define FAIL(error) do { if (error) *(error) = 4; } while (0)

CALL void *ucnv_open(const char *name, ErrorCode *error) { FAIL(error); return 0; }
CALL void ucnv_close(void *converter) {}
CALL void ucnv_reset(void *converter) {}
CALL signed char ucnv_getMaxCharSize(const void *converter) { return 1; }
CALL const char *ucnv_getName(const void *converter, ErrorCode *error) { FAIL(error); return ""; }
CALL const char *ucnv_getStandardName(const char *name, const char *standard, ErrorCode *error)
{ FAIL(error); return 0; }
CALL const char *ucnv_getAvailableName(int number) { return 0; }
CALL int ucnv_countAvailable(void) { return 0; }
CALL void ucnv_getToUCallBack(const void *converter, void **action, const void **context) {}
CALL void ucnv_getFromUCallBack(const void *converter, void **action, const void **context) {}
CALL void ucnv_setToUCallBack(void *converter, void *action, const void *context, void **old_action,
                              const void **old_context, ErrorCode *error) { FAIL(error); }
CALL void ucnv_setFromUCallBack(void *converter, void *action, const void *context,
                                void **old_action, const void **old_context, ErrorCode *error)
{ FAIL(error); }
CALL void ucnv_cbToUWriteUChars(void *arguments, const void *source, int length, int offset,
                                ErrorCode *error) { FAIL(error); }
CALL void ucnv_cbFromUWriteUChars(void *arguments, const void **source, const void *end, int offset,
                                  ErrorCode *error) { FAIL(error); }
CALL void ucnv_toUnicode(void *converter, void **target, const void *target_end,
                         const char **source, const char *source_end, int *offsets,
                         signed char flush, ErrorCode *error) { FAIL(error); }
CALL void ucnv_fromUnicode(void *converter, char **target, const char *target_end,
                           const void **source, const void *source_end, int *offsets,
                           signed char flush, ErrorCode *error) { FAIL(error); }
CALL int ucnv_toUCountPending(const void *converter, ErrorCode *error) { FAIL(error); return 0; }
CALL int ucnv_fromUCountPending(const void *converter, ErrorCode *error) { FAIL(error); return 0; }
CALL void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
CALL void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}

int __stdcall DllMainCRTStartup(void *module, unsigned reason, void *reserved) { return 1; }
