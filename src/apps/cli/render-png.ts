/**
 * A picture in PNG of an SVG that we drew, `scale` times as large (2 unless said otherwise: sharp on today's screens and
 * in print). Texts are set in the fonts of this machine.
 */
export async function renderPng(svg: string, scale = 2): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const fonts = {
    loadSystemFonts: true,
    defaultFontFamily: "Liberation Sans",
    sansSerifFamily: "Liberation Sans",
  };
  return new Resvg(svg, { fitTo: { mode: "zoom", value: scale }, font: fonts }).render().asPng();
}
