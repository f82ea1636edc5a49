import { namespaceUri } from "../../xml/namespaces.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import type { Markup } from "./markup.ts";

/** A picture to draw; width and height in points. */
export type Picture = {
  /** Id of the relationship to its media part. */
  readonly relationship: string;
  /** Another one for each drawing of the document. */
  readonly number: number;
  readonly altText: string;
  readonly width: number;
  readonly height: number;
};

const drawing = {
  transitional: "http://schemas.openxmlformats.org/drawingml/2006",
  strict: "http://purl.oclc.org/ooxml/drawingml",
} as const;

/** A run with a picture in the line (20.4.2.8, 20.2.2.5). Lengths are written in English metric units, 12,700 a point. */
export function pictureRun(markup: Markup, picture: Picture, isStrict: boolean): string {
  const base = isStrict ? drawing.strict : drawing.transitional;
  const { relationship, number, altText } = picture;
  const size = `cx="${emu(picture.width)}" cy="${emu(picture.height)}"`;
  const alt = escapeAttribute(altText);
  const shape = [
    `<pic:pic xmlns:pic="${base}/picture">`,
    `<pic:nvPicPr><pic:cNvPr id="${number}" name="Picture ${number}" descr="${alt}"/><pic:cNvPicPr/></pic:nvPicPr>`,
    `<pic:blipFill><a:blip xmlns:r="${namespaceUri("r", isStrict)}" r:embed="${escapeAttribute(relationship)}"/>`,
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>",
    `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm>`,
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>',
  ].join("");
  const inline = [
    `<wp:inline xmlns:wp="${base}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">`,
    `<wp:extent ${size}/><wp:docPr id="${number}" name="Picture ${number}" descr="${alt}"/>`,
    `<a:graphic xmlns:a="${base}/main"><a:graphicData uri="${base}/picture">${shape}</a:graphicData></a:graphic>`,
    "</wp:inline>",
  ].join("");
  return markup.element("w:r", {}, markup.element("w:drawing", {}, inline));
}

function emu(points: number): number {
  return Math.max(1, Math.round(points * 12_700));
}
