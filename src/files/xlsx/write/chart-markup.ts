import { namespaceUri } from "../../xml/namespaces.ts";
import { escapeText } from "../../xml/xml-text.ts";
import { type Attributes, elementXml } from "./sheet-markup.ts";

/** Namespace of charts, transitional or strict. */
export function chartNamespace(strict: boolean): string {
  return strict
    ? "http://purl.oclc.org/ooxml/drawingml/chart"
    : "http://schemas.openxmlformats.org/drawingml/2006/chart";
}

/**
 * Writes DrawingML of charts. Shares are written as 65000 in transitional files and as `65%` in strict ones, which some
 * readers do not know: strict files do without them.
 */
export type ChartMarkup = {
  readonly strict: boolean;
  /** `<c:name val="…"/>`. */
  readonly value: (name: string, value: string | number) => string;
  readonly element: (name: string, ...content: readonly string[]) => string;
  /** A solid fill with a theme's colour, made darker and lighter by shares of its luminance in percent. */
  readonly fill: (color: string, modulate?: number, offset?: number) => string;
  /** The colour of writing, or of thin lines: shades of the theme's text colour. */
  readonly grey: (of: "text" | "line") => string;
  /** Width in points. */
  readonly line: (width: number, fill: string) => string;
  /** `c:txPr` for a size in points, in grey. */
  readonly text: (size: number, rotation?: number) => string;
  /** `c:title`. */
  readonly title: (text: string, size: number, isUpright?: boolean) => string;
  readonly root: (content: string) => string;
};

/** The colours of Office, for workbooks that bring no theme: some programs then draw nothing. */
const officeColors: Readonly<Record<string, string>> = {
  tx1: "000000",
  bg1: "FFFFFF",
  accent1: "4472C4",
  accent2: "ED7D31",
  accent3: "A5A5A5",
  accent4: "FFC000",
  accent5: "5B9BD5",
  accent6: "70AD47",
};

export function chartMarkup(strict: boolean, hasTheme: boolean): ChartMarkup {
  const element: ChartMarkup["element"] = (name, ...content) => elementXml(name, {}, content.join(""));
  const value: ChartMarkup["value"] = (name, val) => elementXml(`c:${name}`, { val });
  const fill: ChartMarkup["fill"] = (color, modulate, offset) => {
    const share = (name: string, percent?: number): string =>
      percent === undefined || strict ? "" : elementXml(name, { val: percent * 1000 });
    const changes = share("a:lumMod", modulate) + share("a:lumOff", offset);
    const [tag, val] = hasTheme ? ["a:schemeClr", color] : ["a:srgbClr", officeColors[color]];
    return element("a:solidFill", elementXml(tag, { val }, changes));
  };
  const grey: ChartMarkup["grey"] = (of) => {
    if (strict)
      return element("a:solidFill", elementXml("a:srgbClr", { val: of === "text" ? "595959" : "D9D9D9" }));
    return of === "text" ? fill("tx1", 65, 35) : fill("tx1", 15, 85);
  };
  const font = (tag: string, size: number, extra: Attributes = {}): string =>
    elementXml(
      tag,
      { ...extra, sz: Math.round(size * 100), b: 0 },
      `${grey("text")}<a:latin typeface="+mn-lt"/>`,
    );
  return {
    strict,
    value,
    element,
    fill,
    grey,
    line: (width, content) =>
      elementXml("a:ln", { w: Math.round(width * 12_700), cap: "rnd" }, `${content}<a:round/>`),
    text: (size, rotation) =>
      element(
        "c:txPr",
        rotation === undefined ? "<a:bodyPr/>" : elementXml("a:bodyPr", { rot: rotation, vert: "horz" }),
        "<a:lstStyle/>",
        element("a:p", element("a:pPr", font("a:defRPr", size)), '<a:endParaRPr lang="en-US"/>'),
      ),
    title: (text, size, isUpright = false) =>
      element(
        "c:title",
        element(
          "c:tx",
          element(
            "c:rich",
            isUpright ? '<a:bodyPr rot="-5400000" vert="horz"/>' : "<a:bodyPr/>",
            "<a:lstStyle/>",
            element(
              "a:p",
              element("a:pPr", font("a:defRPr", size)),
              element("a:r", font("a:rPr", size, { lang: "en-US" }), `<a:t>${escapeText(text)}</a:t>`),
            ),
          ),
        ),
        value("overlay", 0),
      ),
    root: (content) =>
      elementXml(
        "c:chartSpace",
        {
          "xmlns:c": chartNamespace(strict),
          "xmlns:a": namespaceUri("a", strict),
          "xmlns:r": namespaceUri("r", strict),
        },
        content,
      ),
  };
}

/** Colour of the series or slice of that number: the theme's six accents, then darker and lighter ones. */
export function seriesFill({ fill }: ChartMarkup, index: number): string {
  const accent = `accent${(index % 6) + 1}`;
  const round = Math.floor(index / 6) % 3;
  return round === 0 ? fill(accent) : round === 1 ? fill(accent, 60) : fill(accent, 60, 40);
}
