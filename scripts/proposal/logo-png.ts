import { crc32, deflateSync } from "node:zlib";

const width = 240;
const height = 240;

/** A parcel seen from above, with tape and a tick: 240 by 240 pixels, 24-bit colour. */
export function logoPng(): Uint8Array {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = colourAt(x, y);
      rows.set([red, green, blue], y * (1 + width * 3) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function colourAt(x: number, y: number): readonly [number, number, number] {
  const white = [255, 255, 255] as const;
  if (!isRounded(x, y, 8, 36)) return white;
  if (distanceToTick(x, y) < 13) return white;
  const isTape = x > 100 && x < 140 && y < 76;
  return isTape ? [240, 178, 122] : [194, 87, 26];
}

function isRounded(x: number, y: number, margin: number, radius: number): boolean {
  const dx = Math.max(margin + radius - x, x - (width - margin - radius), 0);
  const dy = Math.max(margin + radius - y, y - (height - margin - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}

function distanceToTick(x: number, y: number): number {
  return Math.min(distance(x, y, [72, 146], [106, 180]), distance(x, y, [106, 180], [172, 108]));
}

function distance(x: number, y: number, [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
