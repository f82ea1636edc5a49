/** How much a file may ask of this machine before it is refused. Sizes are in bytes. */
export type Limits = {
  /** Largest inflated part. */
  readonly partBytes: number;
  /** Largest sum of the inflated parts as the zip declares them. */
  readonly totalBytes: number;
  /** Largest ratio of inflated to stored size, for parts above 8 MiB inflated. */
  readonly ratio: number;
  readonly entries: number;
  /** Deepest nesting of XML elements (libxml2's value). */
  readonly depth: number;
};

export const defaultLimits: Limits = {
  partBytes: 256 * 1024 * 1024,
  totalBytes: 2 * 1024 * 1024 * 1024,
  ratio: 100,
  entries: 65_535,
  depth: 256,
};
