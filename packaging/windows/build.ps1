<#
.SYNOPSIS
    Builds the setup for Windows on Windows: dist\propdesk-VERSION-setup.exe and its checksums.

.DESCRIPTION
    Needs a 64-bit Windows 10 or 11, Python 3.11.7 (64 bits, from python.org; the version that a
    release is built with) and NSIS 3.08 or newer (nsis.sourceforge.io, or "choco install nsis"). No administrator.

    It does on Windows what "make windows" does under wine, with the same spec, the same setup
    script and the same pinned packages: set up .venv, freeze, start the frozen program, list its
    components, pack the setup, install it silently, start it, remove it.

    Written with care, but not run where propdesk is developed, which has no Windows.

.PARAMETER Python
    The Python to build with; without it, the launcher "py" looks for 3.11.

.PARAMETER NoTrial
    Build only; do not install and remove the setup on this PC.

.EXAMPLE
    powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1
#>

[CmdletBinding()]
param([string] $Python = '', [switch] $NoTrial)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$Root = (Resolve-Path (Join-Path $PSScriptRoot '..\..')).Path
$Ours = Join-Path $Root '.venv\Scripts\python.exe'
$Frozen = Join-Path $Root 'build\frozen\propdesk'
$Dist = Join-Path $Root 'dist'

# Runs a program and stops where it fails: PowerShell 5 does not do that by itself.
function Invoke-Step {
    param([string] $What, [string] $Program, [string[]] $Words)

    Write-Host "== $What"
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$What ended with $LASTEXITCODE" }
}

# Runs a program that has no console, waits for it and stops where it fails.
function Invoke-Silent {
    param([string] $What, [string] $Program, [string[]] $Words)

    Write-Host "== $What"
    $process = Start-Process -FilePath $Program -ArgumentList $Words -Wait -PassThru
    if ($process.ExitCode -ne 0) { throw "$What ended with $($process.ExitCode)" }
}

# Makes a demo office with the command line of a program folder and prints one of its work orders.
function Test-Program {
    param([string] $What, [string] $Folder)

    $cli = Join-Path $Folder 'propdesk-cli.exe'
    $place = Join-Path ([IO.Path]::GetTempPath()) "propdesk $([Guid]::NewGuid())"
    $office = Join-Path $place '演示 物业'
    New-Item -ItemType Directory -Path $place | Out-Null
    try {
        Invoke-Step "${What}: demo office" $cli @(
            'demo', $office, '--households', '40', '--months', '2')
        # What a program prints is read as UTF-8, whatever the code page of this Windows.
        [Console]::OutputEncoding = [Text.Encoding]::UTF8
        $tickets = & $cli --data $office tickets list --json | ConvertFrom-Json
        $order = Join-Path $place '派工单.pdf'
        $number = @($tickets | Where-Object { $_.status -eq 'in-progress' })[0].number
        Invoke-Step "${What}: work order $number" $cli @(
            '--data', $office, 'print', 'work-order', $number, '-o', $order)
        if ((Get-Item -LiteralPath $order).Length -lt 10000) { throw 'The work order is empty.' }
        Invoke-Step "${What}: check" $cli @('--data', $office, 'check')
    }
    finally {
        Remove-Item -LiteralPath $place -Recurse -Force
    }
}

Push-Location $Root
try {
    $env:PYTHONUTF8 = '1'
    $nsis = Join-Path ${env:ProgramFiles(x86)} 'NSIS'
    if (Test-Path $nsis) { $env:PATH = "$nsis;$env:PATH" }
    if (-not (Get-Command makensis -ErrorAction SilentlyContinue)) {
        throw 'makensis was not found. Install NSIS 3.08 or newer, then run this again.'
    }

    if ($Python) { Invoke-Step 'Packages' $Python @('packaging\set_up.py') }
    else { Invoke-Step 'Packages' 'py' @('-3.11', 'packaging\set_up.py') }
    $version = & $Ours -c 'import propdesk; print(propdesk.__version__)'
    Invoke-Step 'Freeze' $Ours @('packaging\freeze.py')
    Test-Program 'Frozen program' $Frozen
    Invoke-Step 'Components, setup, checksums' $Ours @(
        'packaging\windows\build.py', '--frozen', $Frozen)

    $setup = Join-Path $Dist "propdesk-$version-setup.exe"
    if (-not $NoTrial) {
        $installed = Join-Path $env:LOCALAPPDATA 'Programs\propdesk'
        if (Test-Path $installed) { throw "$installed exists: try the setup on another account." }
        Invoke-Silent 'Install' $setup @('/S')
        Test-Program 'Installed program' $installed
        Invoke-Silent 'Remove' (Join-Path $installed 'uninstall.exe') @('/S', "_?=$installed")
        if (Test-Path (Join-Path $installed 'propdesk.exe')) { throw 'The program is still there.' }
        Remove-Item -LiteralPath $installed -Recurse -Force
    }

    Get-Content (Join-Path $Dist 'SHA256SUMS')
}
finally {
    Pop-Location
}
