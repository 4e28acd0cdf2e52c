; The setup for Windows: for one user, without administrator. Compiled by build.py, which defines
;
;   VERSION  of the program            SOURCE   the frozen folder
;   SETUP    the file to write         SIZE_KB  of the frozen folder
;   WORK     the folder of propdesk.ico, side.bmp, licences-en.txt and licences-zh.txt
;   TARGET   x86-unicode: runs on a 32-bit Windows too, where it says why it cannot install;
;            amd64-unicode: the same for a wine that knows 64 bits only
;   PACK     lzma for what is handed out, zlib for a quick try
;
; New files are unpacked beside the old ones and then change places with them, so that a full disk
; or a pulled plug leaves a program that runs. The office's data is never touched, nor is anything
; else in a folder that the user chose: whatever is removed there has a name of ours.

Unicode true
Target ${TARGET}
SetCompressor /SOLID ${PACK}
RequestExecutionLevel user
ManifestDPIAware true
XPStyle on
BrandingText " "

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include x64.nsh

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\propdesk"
!define OLDEST_BUILD 17763 ; Windows 10 (1809), the oldest that Qt 6 runs on
!define SPARE_MB 50

; Where the new files wait, and the old ones until the new ones stand.
!define NEW "propdesk-new"
!define OLD "propdesk-old"

; How a refused setup ends; 0 is success, 1 the user's own wish, 2 an error of the setup itself.
!define UNFIT_WINDOWS 10
!define SETUP_RUNS 11
!define PROGRAM_RUNS 12
!define NEWER_IS_INSTALLED 13
!define DISK_IS_FULL 14
!define FILES_NOT_CHANGED 15
!define UNFIT_FOLDER 16

Var Installed ; the version that is installed, or empty
Var Intro
Var Stuck

Name "$(Title)"
OutFile "${SETUP}"
InstallDir "$LOCALAPPDATA\Programs\propdesk"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"

!define MUI_ICON "${WORK}/propdesk.ico"
!define MUI_UNICON "${WORK}/propdesk.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WORK}/side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${WORK}/side.bmp"
!define MUI_ABORTWARNING
!define MUI_CUSTOMFUNCTION_ABORT ForgetNewFiles

!define MUI_WELCOMEPAGE_TITLE "$(Title) ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$Intro"
!insertmacro MUI_PAGE_WELCOME

!define MUI_PAGE_HEADER_TEXT "$(LicencesTitle)"
!define MUI_PAGE_HEADER_SUBTEXT "$(LicencesSubtitle)"
!define MUI_LICENSEPAGE_TEXT_TOP "$(LicencesTop)"
!define MUI_LICENSEPAGE_TEXT_BOTTOM "$(LicencesBottom)"
!define MUI_LICENSEPAGE_BUTTON "$(^NextBtn)"
!insertmacro MUI_PAGE_LICENSE "$(LicencesFile)"

!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipFolderOfUpgrade
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckFolder
!insertmacro MUI_PAGE_DIRECTORY

!insertmacro MUI_PAGE_INSTFILES

!define MUI_FINISHPAGE_TITLE "$(FinishTitle)"
!define MUI_FINISHPAGE_TEXT "$(FinishText)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\propdesk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(FinishRun)"
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(UninstallTop)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(UninstalledTitle)"
!define MUI_FINISHPAGE_TEXT "$(DataStays)"
!insertmacro MUI_UNPAGE_FINISH

; Windows' own language decides; the first is for whoever speaks neither.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

!macro Say NAME ENGLISH CHINESE
  LangString ${NAME} ${LANG_ENGLISH} "${ENGLISH}"
  LangString ${NAME} ${LANG_SIMPCHINESE} "${CHINESE}"
!macroend

LicenseLangString LicencesFile ${LANG_ENGLISH} "${WORK}/licences-en.txt"
LicenseLangString LicencesFile ${LANG_SIMPCHINESE} "${WORK}/licences-zh.txt"

!insertmacro Say Title "propdesk" "物业台"
!insertmacro Say LinkText "Tickets, residents and papers of the office" "工单、住户和各种单据"
!insertmacro Say IntroNew \
  "This sets up propdesk ${VERSION} on this computer. It needs no administrator and no network.$\r$\n$\r$\nTo go on, click Next." \
  "现在把物业台 ${VERSION} 装到这台电脑上。不需要管理员权限，也不需要联网。$\r$\n$\r$\n请按“下一步”。"
!insertmacro Say IntroUpgrade \
  "propdesk $Installed is installed and becomes ${VERSION}.$\r$\n$\r$\nYour data stays as it is. Before the new program changes anything in it, it makes a backup.$\r$\n$\r$\nTo go on, click Next." \
  "这台电脑上的物业台 $Installed 将升级为 ${VERSION}。$\r$\n$\r$\n数据原样保留；新程序改动数据之前会先做备份。$\r$\n$\r$\n请按“下一步”。"
!insertmacro Say IntroAgain \
  "propdesk ${VERSION} is installed already. It is installed once more, for example because a file of it is missing.$\r$\n$\r$\nYour data stays as it is.$\r$\n$\r$\nTo go on, click Next." \
  "这台电脑上已装有物业台 ${VERSION}，将重新安装一遍，例如在程序文件缺失时。$\r$\n$\r$\n数据原样保留。$\r$\n$\r$\n请按“下一步”。"
!insertmacro Say LicencesTitle "Licences" "许可证"
!insertmacro Say LicencesSubtitle "What propdesk is made of, and what you may do with it." "物业台由哪些部分组成，您可以怎样使用。"
!insertmacro Say LicencesTop "Press Page Down to read on." "按 Page Down 键继续阅读。"
!insertmacro Say LicencesBottom "There is nothing to agree to: you may use propdesk freely." "无需同意任何条款，您可以自由使用物业台。"
!insertmacro Say FinishTitle "propdesk ${VERSION} is installed" "物业台 ${VERSION} 已装好"
!insertmacro Say FinishText "You find it in the start menu and on the desktop." "可以从开始菜单或桌面打开。"
!insertmacro Say FinishRun "Open propdesk" "打开物业台"

!insertmacro Say NeedsNewerWindows \
  "propdesk runs on Windows 10 (version 1809 or newer) and Windows 11. This Windows is older. Please install it on a newer computer, or ask whoever looks after your computers to update Windows. Nothing was changed." \
  "物业台需要 Windows 10（1809 或更新版本）或 Windows 11，这台电脑上的 Windows 版本过旧。请换一台较新的电脑安装，或请管电脑的同事升级 Windows。没有改动任何内容。"
!insertmacro Say Needs64Bit \
  "propdesk needs a 64-bit Windows; this one is 32-bit. Please install it on another computer, or ask whoever looks after your computers to install the 64-bit Windows. Nothing was changed." \
  "物业台需要 64 位 Windows，这台电脑上的是 32 位。请换一台电脑安装，或请管电脑的同事改装 64 位 Windows。没有改动任何内容。"
!insertmacro Say SetupRuns \
  "The setup of propdesk is already running. Please finish it there." \
  "物业台的安装程序已经在运行，请在那个窗口里继续。"
!insertmacro Say ProgramRuns \
  "propdesk is open. Please close it, then click Retry." \
  "物业台正在运行。请先关闭物业台，再按“重试”。"
!insertmacro Say NewerIsInstalled \
  "propdesk $Installed is installed, newer than this setup (${VERSION}). An older program cannot read data that a newer one has changed, so nothing was done. Please use a setup of $Installed or newer." \
  "这台电脑上已装有更新的物业台 $Installed，本安装程序是 ${VERSION}。旧程序读不了新程序改过的数据，所以没有改动任何内容。请使用 $Installed 或更新版本的安装程序。"
!insertmacro Say DiskIsFull \
  "There is not enough room on the drive: $1 MB are needed, $2 MB are free. Please make room and start the setup again. Nothing was changed." \
  "磁盘空间不足：需要 $1 MB，只剩 $2 MB。请先清理磁盘，再重新运行安装程序。没有改动任何内容。"
!insertmacro Say FilesNotChanged \
  "The program's files could not be replaced; something is using them: $Stuck. What was installed before stays and works. Please restart the computer and start the setup again." \
  "无法替换程序文件，$Stuck 正被占用。原来的程序原样保留，可以照常使用。请重启电脑后再运行安装程序。"
!insertmacro Say FolderNotWritable \
  "Nothing can be written into this folder: $INSTDIR. Please choose another one." \
  "无法写入这个文件夹：$INSTDIR。请另选一个。"
!insertmacro Say FolderOfData \
  "propdesk keeps data in $INSTDIR; the program must stand in another folder. Please choose another one." \
  "$INSTDIR 是物业台存放数据的地方，程序不能装在这里。请另选一个。"
!insertmacro Say FolderOfOthers \
  "Another program stands in this folder: $INSTDIR. Please choose another one." \
  "$INSTDIR 里已有别的程序。请另选一个文件夹。"
!insertmacro Say UninstallTop \
  "propdesk ${VERSION} will be removed from this computer. Your office's data stays." \
  "将从这台电脑上卸载物业台 ${VERSION}。数据会保留。"
!insertmacro Say UninstalledTitle "propdesk was removed" "物业台已卸载"
!insertmacro Say DataStays \
  "Your office's data was left as it is. It stands in$\r$\n$\r$\n$LOCALAPPDATA\propdesk$\r$\n$\r$\nor in the folder that you chose for it; what was restored from a backup stands in propdesk-DATE beside it. Install propdesk again to go on working with it.$\r$\n$\r$\nIf you looked at the demo, it is in $LOCALAPPDATA\propdesk-demo and may be deleted." \
  "数据没有改动，仍在$\r$\n$\r$\n$LOCALAPPDATA\propdesk$\r$\n$\r$\n或您另外选定的文件夹里；从备份恢复的数据在它旁边的“propdesk-日期”文件夹里。重新安装物业台即可继续使用。$\r$\n$\r$\n如果看过演示，演示数据在 $LOCALAPPDATA\propdesk-demo，可以删除。"

VIProductVersion "${VERSION}.0"
!macro Describe LANGUAGE TEXT
  VIAddVersionKey /LANG=${LANGUAGE} ProductName "propdesk"
  VIAddVersionKey /LANG=${LANGUAGE} CompanyName "propdesk"
  VIAddVersionKey /LANG=${LANGUAGE} FileDescription "${TEXT}"
  VIAddVersionKey /LANG=${LANGUAGE} FileVersion "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} ProductVersion "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} LegalCopyright "Apache License 2.0"
!macroend
!insertmacro Describe ${LANG_ENGLISH} "propdesk setup"
!insertmacro Describe ${LANG_SIMPCHINESE} "物业台安装程序"

!macro Refuse SENTENCE CODE
  MessageBox MB_OK|MB_ICONEXCLAMATION "${SENTENCE}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; Only one setup or uninstaller at a time. The handle closes with the process.
!macro RefuseSecond
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "propdesk-setup") p .r0 ?e'
  Pop $0
  ${If} $0 = 183 ; ERROR_ALREADY_EXISTS
    !insertmacro Refuse "$(SetupRuns)" ${SETUP_RUNS}
  ${EndIf}
!macroend

; A program that runs cannot be opened for writing. (It can be renamed, so that is no test.)
!macro RefuseWhileOpen EXE
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\${EXE}"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\${EXE}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(ProgramRuns)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel ${PROGRAM_RUNS}
    Quit
  ${Loop}
!macroend

!macro RefuseWhileProgramRuns
  !insertmacro RefuseWhileOpen "propdesk.exe"
  !insertmacro RefuseWhileOpen "propdesk-cli.exe"
!macroend

; $0 becomes 1 when FOLDER is PARENT or stands in it.
!macro IsWithin FOLDER PARENT
  StrLen $1 "${PARENT}\"
  StrCpy $2 "${FOLDER}\" $1
  StrCpy $0 0
  ${If} $2 == "${PARENT}\"
    StrCpy $0 1
  ${EndIf}
!macroend

; Refuse when fewer than MB megabytes are free where FOLDER is or will be.
!macro RefuseWhenFull FOLDER MB
  StrCpy $0 "${FOLDER}"
  ${DoUntil} ${FileExists} "$0\*.*"
    ${GetParent} $0 $0
    ${If} $0 == ""
      ${ExitDo}
    ${EndIf}
  ${Loop}
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$0\", *l .r2, p 0, p 0) i .r3'
  System::Int64Op $2 / 1048576
  Pop $2
  StrCpy $1 ${MB}
  ${If} $3 <> 0
  ${AndIf} $2 < $1
    !insertmacro Refuse "$(DiskIsFull)" ${DISK_IS_FULL}
  ${EndIf}
!macroend

!macro MovePart PART FROM TO
  ${If} $Stuck == ""
  ${AndIf} ${FileExists} "$INSTDIR\${FROM}\${PART}"
    ClearErrors
    Rename "$INSTDIR\${FROM}\${PART}" "$INSTDIR\${TO}\${PART}"
    ${If} ${Errors}
      StrCpy $Stuck "${PART}"
    ${EndIf}
  ${EndIf}
!macroend

!macro MoveProgram FROM TO
  !insertmacro MovePart "_internal" ${FROM} ${TO}
  !insertmacro MovePart "propdesk.exe" ${FROM} ${TO}
  !insertmacro MovePart "propdesk-cli.exe" ${FROM} ${TO}
!macroend

; The uninstaller goes first and comes last: where it stands, the program beside it is whole.
!macro ChangePlaces
  !insertmacro MovePart "uninstall.exe" "." "${OLD}"
  !insertmacro MoveProgram "." "${OLD}"
  !insertmacro MoveProgram "${NEW}" "."
  !insertmacro MovePart "uninstall.exe" "${NEW}" "."
!macroend

!macro PutBack PART
  ${If} ${FileExists} "$INSTDIR\${OLD}\${PART}"
    RMDir /r "$INSTDIR\${PART}"
    Delete "$INSTDIR\${PART}"
    Rename "$INSTDIR\${OLD}\${PART}" "$INSTDIR\${PART}"
  ${EndIf}
!macroend

; Undo a change of places that did not come to its end.
!macro PutBackParts
  ${IfNot} ${FileExists} "$INSTDIR\uninstall.exe"
    !insertmacro PutBack "_internal"
    !insertmacro PutBack "propdesk.exe"
    !insertmacro PutBack "propdesk-cli.exe"
    !insertmacro PutBack "uninstall.exe"
  ${EndIf}
!macroend

; The link is named in the language of the setup; the one of an earlier language goes.
!macro Unlink FOLDER
  Delete "${FOLDER}\propdesk.lnk"
  Delete "${FOLDER}\物业台.lnk"
!macroend

!macro Link FOLDER
  !insertmacro Unlink "${FOLDER}"
  CreateShortCut "${FOLDER}\$(Title).lnk" "$INSTDIR\propdesk.exe" "" "" "" SW_SHOWNORMAL "" "$(LinkText)"
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Refuse "$(Needs64Bit)" ${UNFIT_WINDOWS}
  ${EndIf}
  System::Call 'ntdll::RtlGetNtVersionNumbers(p 0, p 0, *i .r0)'
  IntOp $0 $0 & 0xFFFF
  ${If} $0 < ${OLDEST_BUILD}
    !insertmacro Refuse "$(NeedsNewerWindows)" ${UNFIT_WINDOWS}
  ${EndIf}
  !insertmacro RefuseSecond
  StrCpy $Intro "$(IntroNew)"
  ReadRegStr $Installed HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $Installed != ""
  ${AndIf} ${FileExists} "$0\propdesk.exe"
    ${VersionCompare} "$Installed" "${VERSION}" $1
    ${If} $1 = 1
      !insertmacro Refuse "$(NewerIsInstalled)" ${NEWER_IS_INSTALLED}
    ${EndIf}
    ; An upgrade goes where the program is, so that there is never a second one.
    StrCpy $INSTDIR $0
    StrCpy $Intro "$(IntroUpgrade)"
    ${If} $1 = 0
      StrCpy $Intro "$(IntroAgain)"
    ${EndIf}
  ${Else}
    StrCpy $Installed ""
  ${EndIf}
FunctionEnd

Function SkipFolderOfUpgrade
  ${If} $Installed != ""
    Abort
  ${EndIf}
FunctionEnd

; $0 becomes the sentence that speaks against the folder, or stays empty.
Function FolderTrouble
  !insertmacro IsWithin "$INSTDIR" "$LOCALAPPDATA\propdesk"
  ${If} $0 = 0
    !insertmacro IsWithin "$INSTDIR" "$LOCALAPPDATA\propdesk-demo"
  ${EndIf}
  ${If} $0 = 0
    !insertmacro IsWithin "$LOCALAPPDATA\propdesk" "$INSTDIR"
  ${EndIf}
  ${If} $0 = 1
  ${OrIf} ${FileExists} "$INSTDIR\office.db"
    StrCpy $0 "$(FolderOfData)"
    Return
  ${EndIf}
  ; Others' programs have a folder of that name, too.
  ${If} ${FileExists} "$INSTDIR\_internal\*.*"
  ${AndIf} ${FileExists} "$INSTDIR\*.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\propdesk.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\${OLD}\*.*"
    StrCpy $0 "$(FolderOfOthers)"
    Return
  ${EndIf}
  ClearErrors
  CreateDirectory "$INSTDIR\${NEW}"
  FileOpen $0 "$INSTDIR\${NEW}\written" w
  ${If} ${Errors}
    StrCpy $0 "$(FolderNotWritable)"
    Return
  ${EndIf}
  FileClose $0
  Call ForgetNewFiles
  StrCpy $0 ""
FunctionEnd

Function CheckFolder
  Call FolderTrouble
  ${If} $0 != ""
    MessageBox MB_OK|MB_ICONEXCLAMATION "$0"
    Abort
  ${EndIf}
FunctionEnd

Function ForgetNewFiles
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\${NEW}"
  ${If} $Installed == ""
    RMDir "$INSTDIR"
  ${EndIf}
FunctionEnd

; A file could not be written: the disk is full, or the drive is gone.
Function .onInstFailed
  Call ForgetNewFiles
  SetErrorLevel ${FILES_NOT_CHANGED}
FunctionEnd

Section
  !insertmacro RefuseWhileProgramRuns
  Call FolderTrouble
  ${If} $0 != ""
    !insertmacro Refuse "$0" ${UNFIT_FOLDER}
  ${EndIf}
  ; What a broken-off setup left. Where the plug was pulled between the two moves, the old program
  ; comes back first.
  !insertmacro PutBackParts
  RMDir /r "$INSTDIR\${OLD}"
  ; The setup unpacks itself into the scratch folder first.
  !define /math SIZE_MB ${SIZE_KB} / 1024
  !define /math ONCE_MB ${SIZE_MB} + ${SPARE_MB}
  !define /math TWICE_MB ${ONCE_MB} + ${SIZE_MB}
  !insertmacro RefuseWhenFull "$TEMP" ${ONCE_MB}
  !insertmacro RefuseWhenFull "$INSTDIR" ${TWICE_MB}

  SetOutPath "$INSTDIR\${NEW}"
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\${NEW}\uninstall.exe"
  SetOutPath "$INSTDIR"
  CreateDirectory "$INSTDIR\${OLD}"
  StrCpy $Stuck ""
  !insertmacro ChangePlaces
  ${If} $Stuck != ""
    !insertmacro PutBackParts
    RMDir "$INSTDIR\${OLD}"
    Call ForgetNewFiles
    !insertmacro Refuse "$(FilesNotChanged)" ${FILES_NOT_CHANGED}
  ${EndIf}
  RMDir /r "$INSTDIR\${OLD}"
  RMDir "$INSTDIR\${NEW}"

  ; A link that the user removed from the desktop does not come back with an upgrade.
  ${If} $Installed == ""
  ${OrIf} ${FileExists} "$DESKTOP\propdesk.lnk"
  ${OrIf} ${FileExists} "$DESKTOP\物业台.lnk"
    !insertmacro Link "$DESKTOP"
  ${EndIf}
  !insertmacro Link "$SMPROGRAMS"

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "$(Title)"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\propdesk.exe,0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "propdesk"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Function un.onInit
  !insertmacro RefuseSecond
  !insertmacro RefuseWhileProgramRuns
FunctionEnd

Section "Uninstall"
  !insertmacro RefuseWhileProgramRuns
  SetOutPath "$TEMP"
  !insertmacro Unlink "$DESKTOP"
  !insertmacro Unlink "$SMPROGRAMS"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\${NEW}"
  RMDir /r "$INSTDIR\${OLD}"
  Delete "$INSTDIR\propdesk.exe"
  Delete "$INSTDIR\propdesk-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; where the user put something of his own into it, it stays
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
