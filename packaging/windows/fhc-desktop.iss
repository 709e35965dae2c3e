; The installer for Windows, by Inno Setup 6: iscc /DVersion=0.9.0 packaging\windows\fhc-desktop.iss
; after `python dev.py build` on Windows. docs\release.md says how it is signed.

#ifndef Version
  #error Name the version: iscc /DVersion=...
#endif

[Setup]
; Never change it: by it a newer version finds the one that it replaces.
AppId={{6F4C5F0B-6C57-4E0B-9B53-5B0D5C0F7A61}
AppName=FHC Desktop
AppVersion={#Version}
AppPublisher=The FHC Desktop authors
DefaultDirName={autopf}\FHC Desktop
DefaultGroupName=FHC Desktop
DisableProgramGroupPage=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
PrivilegesRequiredOverridesAllowed=dialog
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=fhc-desktop-{#Version}-windows-x86_64
Compression=lzma2
SolidCompression=yes
ChangesAssociations=yes
UninstallDisplayIcon={app}\fhc-desktop.exe

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "..\..\dist\fhc-desktop\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[InstallDelete]
; What a former version installed and this one does not must not lie beside it.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\FHC Desktop"; Filename: "{app}\fhc-desktop.exe"
Name: "{autodesktop}\FHC Desktop"; Filename: "{app}\fhc-desktop.exe"; Tasks: desktopicon

[Registry]
; “Open with” only: whatever opens DICOM files now goes on to do so.
Root: HKA; Subkey: "Software\Classes\Applications\fhc-desktop.exe\shell\open\command"; ValueType: string; ValueData: """{app}\fhc-desktop.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\.dcm\OpenWithList\fhc-desktop.exe"; Flags: uninsdeletekey

; The user's log, drafts and settings lie elsewhere, and no uninstaller touches them.
