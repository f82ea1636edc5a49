import { imageSize } from "image-size";
import { expect, it } from "vitest";
import { renderPng } from "./render-png.ts";

const square =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20"><rect width="40" height="20" fill="#2f5f8f"/><text x="2" y="15">a</text></svg>';

it("draws an SVG twice as large as it says", async () => {
  expect(imageSize(await renderPng(square))).toMatchObject({ type: "png", width: 80, height: 40 });
  expect(imageSize(await renderPng(square, 1))).toMatchObject({ width: 40, height: 20 });
});
