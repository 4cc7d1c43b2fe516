/** Why a name alone is enough to refuse a file: a code, or undefined. `name`: as it was given, `safe`: as it would be kept. */
export function faultOfName(name: string, safe: string): 'executable' | 'active' | 'name' | undefined {
  // Text that runs backwards hides the true ending: "annexe\u202Efdp.exe" reads "annexeexe.pdf".
  if (/[\u202a-\u202e\u2066-\u2069]/u.test(name)) return 'name';
  if (name.split(/[/\\]/).includes('..')) return 'name';
  const parts = safe.toLowerCase().split('.').slice(1);
  const endings = parts.map((part) => part.trim());
  const last = endings.at(-1) ?? '';
  if (runs.has(last)) return 'executable';
  if (shows.has(last)) return 'active';
  // "invoice.exe.pdf": one rename away from running. A brand's address in a name ("demobet.com.pdf") is none.
  if (endings.slice(0, -1).some((each) => runs.has(each) && each !== 'com')) return 'name';
  return undefined;
}

const runs = new Set(
  `exe com scr pif cpl msi msp msix appx bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta jar jnlp apk ipa app dmg pkg deb rpm run sh bash zsh
  py pyc pl rb php phtml asp aspx jsp cgi dll sys ocx drv lnk url website desktop scf inf reg gadget application appref-ms iso img vhd vhdx
  chm hlp xll xlam wll settingcontent-ms library-ms search-ms diagcab ade adp mde accde sct shb workflow command elf so dylib class`.split(
    /\s+/,
  ),
);
const shows = new Set(['html', 'htm', 'xhtml', 'shtml', 'mht', 'mhtml', 'svg', 'svgz', 'xml', 'xsl', 'xslt', 'swf', 'xht', 'slk', 'iqy']);
