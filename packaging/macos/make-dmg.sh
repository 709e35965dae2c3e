#!/usr/bin/env bash
# The disk image for macOS, after `python3 dev.py build` there: packaging/macos/make-dmg.sh 0.9.0
# With SIGNING_IDENTITY (a “Developer ID Application”) and NOTARY_PROFILE (of `xcrun notarytool
# store-credentials`) in the environment it is signed and notarised, else it says that it is not.
set -euo pipefail
cd "$(dirname "$0")/../.."

version="$1"
app="dist/FHC Desktop.app"
image="dist/fhc-desktop-$version-macos-$(uname -m).dmg"

if [ -n "${SIGNING_IDENTITY:-}" ]; then
    codesign --deep --force --options runtime --timestamp \
        --entitlements packaging/macos/entitlements.plist --sign "$SIGNING_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
else
    echo "Not signed: macOS will refuse to open it until its user allows it." >&2
fi

staged="$(mktemp -d)"
trap 'rm -rf "$staged"' EXIT
cp -R "$app" "$staged/"
ln -s /Applications "$staged/Applications"
rm -f "$image"
hdiutil create -volname "FHC Desktop" -srcfolder "$staged" -format UDZO "$image"

if [ -n "${SIGNING_IDENTITY:-}" ] && [ -n "${NOTARY_PROFILE:-}" ]; then
    codesign --timestamp --sign "$SIGNING_IDENTITY" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
