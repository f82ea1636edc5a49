const colours: readonly (readonly [name: string, rgb: string])[] = [
  ["dk2", "1F3A4D"],
  ["lt2", "EEF3F5"],
  ["accent1", "0F6E84"],
  ["accent2", "C8553D"],
  ["accent3", "6B7F3A"],
  ["accent4", "D9A441"],
  ["accent5", "5B6C9E"],
  ["accent6", "7A5C8E"],
  ["hlink", "0B6A94"],
  ["folHlink", "6B4E8A"],
];

const outline = (width: number): string =>
  `<a:ln w="${width}" cap="flat" cmpd="sng" algn="ctr"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:prstDash val="solid"/><a:miter lim="800000"/></a:ln>`;

const gradient = (first: number, last: number): string =>
  `<a:gradFill rotWithShape="1"><a:gsLst><a:gs pos="0"><a:schemeClr val="phClr"><a:tint val="${first}"/></a:schemeClr></a:gs><a:gs pos="100000"><a:schemeClr val="phClr"><a:tint val="${last}"/></a:schemeClr></a:gs></a:gsLst><a:lin ang="5400000" scaled="0"/></a:gradFill>`;

const plainFill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
const noEffect = "<a:effectStyle><a:effectLst/></a:effectStyle>";

const font = (typeface: string): string =>
  `<a:latin typeface="${typeface}"/><a:ea typeface=""/><a:cs typeface=""/>`;

/** The theme part of the default template (ECMA-376-1, 20.1.6): its ten colours and two fonts. */
export const templateTheme: string = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Tandem"><a:themeElements><a:clrScheme name="Tandem"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>${colours
  .map(([name, rgb]) => `<a:${name}><a:srgbClr val="${rgb}"/></a:${name}>`)
  .join(
    "",
  )}</a:clrScheme><a:fontScheme name="Tandem"><a:majorFont>${font("Calibri")}</a:majorFont><a:minorFont>${font("Calibri")}</a:minorFont></a:fontScheme><a:fmtScheme name="Tandem"><a:fillStyleLst>${plainFill}${gradient(67_000, 73_000)}${gradient(94_000, 78_000)}</a:fillStyleLst><a:lnStyleLst>${outline(6350)}${outline(12_700)}${outline(19_050)}</a:lnStyleLst><a:effectStyleLst>${noEffect.repeat(3)}</a:effectStyleLst><a:bgFillStyleLst>${plainFill}${plainFill}${gradient(93_000, 98_000)}</a:bgFillStyleLst></a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>`;
