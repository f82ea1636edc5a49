import { FileDamagedError, FileTooLargeError, FileUnsupportedError } from "../../../errors.ts";
import { oneLine } from "../one-line.ts";
import type { PdfItem, PdfPage, PdfTag, PdfText } from "./pdf-page.ts";
import { readTags, type StructureNode } from "./read-tags.ts";
import { refuseBombs } from "./refuse-bombs.ts";

export type ReadPdfOptions = {
  /** Stops after the page at hand. */
  readonly signal?: AbortSignal;
  /** Called after each page. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Milliseconds the whole file may take. Defaults to 120,000. */
  readonly timeLimit?: number;
};

const MAX_SIZE = 200 * 1024 * 1024;
const MAX_PAGES = 3000;
/** Characters; a page of close print has 8,000. */
const MAX_TEXT_OF_PAGE = 500_000;
const MAX_TEXT = 50_000_000;

type Pdf = Awaited<ReturnType<typeof import("unpdf")["getDocumentProxy"]>>;
type Page = Awaited<ReturnType<Pdf["getPage"]>>;
type Content = Awaited<ReturnType<Page["getTextContent"]>>;
type Guard = { readonly check: (page: number) => void };

/**
 * The text of a PDF, piece by piece with its places. Pictures are not looked at, scripts not run, nothing is fetched.
 * Throws `FileUnsupportedError` for an encrypted file, `FileDamagedError` for a broken one, and `FileTooLargeError`
 * past 200 MB, 3,000 pages, 50 million characters or the time limit.
 */
export async function readPdf(bytes: Uint8Array, options: ReadPdfOptions = {}): Promise<PdfText> {
  if (bytes.length > MAX_SIZE) throw tooLarge("the PDF is larger than 200 MB");
  const guard = createGuard(options);
  await refuseBombs(bytes, () => guard.check(1));
  const pdf = await openPdf(bytes);
  try {
    if (pdf.numPages > MAX_PAGES) throw tooLarge(`the PDF has ${pdf.numPages} pages; 3,000 are read`);
    const pages: PdfPage[] = [];
    const warnings: string[] = [];
    let length = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      guard.check(number);
      const page = await readPage(pdf, number, guard, warnings);
      pages.push(page);
      length += page.items.reduce((sum, item) => sum + item.text.length, 0);
      if (length > MAX_TEXT) throw tooLarge("the PDF holds more than 50 million characters");
      options.onProgress?.(number, pdf.numPages);
      // pdf.js waits by microtasks alone, and so a timer or an abort would never have its turn.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    const title = await titleOf(pdf);
    return { ...(title !== undefined && { title }), pages, bookmarks: await bookmarksOf(pdf), warnings };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

function createGuard({ signal, timeLimit = 120_000 }: ReadPdfOptions): Guard {
  const end = performance.now() + timeLimit;
  return {
    check: (page) => {
      signal?.throwIfAborted();
      if (performance.now() <= end) return;
      const seconds = Math.round(timeLimit / 1000);
      throw tooLarge(`the PDF took longer than ${seconds} seconds to read, and was left at page ${page}`);
    },
  };
}

/** The caller closes it by its `loadingTask`. Throws a typed error for a file that pdf.js does not open. */
export async function openPdf(bytes: Uint8Array): Promise<Pdf> {
  // Loaded here, because pdf.js takes 2 MB and a tenth of a second that other files need not pay.
  const { getResolvedPDFJS, resolvePDFJSImport } = await import("unpdf");
  await resolvePDFJSImport();
  const { getDocument, VerbosityLevel } = await getResolvedPDFJS();
  const loading = getDocument({
    // A copy: pdf.js takes the buffer for itself, and no Node Buffer.
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    maxImageSize: 1,
    enableXfa: false,
  });
  try {
    return await loading.promise;
  } catch (cause) {
    await loading.destroy();
    throw openingError(cause);
  }
}

function openingError(cause: unknown): Error {
  if (cause instanceof Error && cause.name === "PasswordException") {
    return new FileUnsupportedError("the PDF is protected by a password", {
      cause,
      hint: "Open it with its password and print it to a new PDF without one.",
    });
  }
  return new FileDamagedError("the PDF cannot be read; it may be cut off", {
    cause,
    hint: "Download or export it again, or print it to a new PDF.",
  });
}

async function readPage(pdf: Pdf, number: number, guard: Guard, warnings: string[]): Promise<PdfPage> {
  try {
    const page = await pdf.getPage(number);
    const { height, transform } = page.getViewport({ scale: 1 });
    const content = await readContent(page, number, guard);
    const tree = (await page.getStructTree()) as StructureNode | null;
    const tags = tree === null ? new Map<string, PdfTag>() : readTags(tree);
    const items = itemsOf(content, transform, tags);
    page.cleanup();
    return { number, height, items };
  } catch (cause) {
    guard.check(number);
    if (cause instanceof FileTooLargeError) throw cause;
    warnings.push(`page ${number} is damaged and was left out`);
    return { number, height: 0, items: [] };
  }
}

type ContentItem = Content["items"][number];

/** Chunk by chunk, so that a page that draws without end is left in time. */
async function readContent(page: Page, number: number, guard: Guard): Promise<ContentItem[]> {
  const items: ContentItem[] = [];
  const reader = page.streamTextContent({ includeMarkedContent: true }).getReader();
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return items;
      for (const item of (value as Content).items) {
        items.push(item);
        length += "str" in item ? item.str.length : 1;
      }
      guard.check(number);
      if (length > MAX_TEXT_OF_PAGE)
        throw tooLarge(`page ${number} of the PDF holds more than 500,000 characters`);
    }
  } catch (cause) {
    await reader.cancel(cause instanceof Error ? cause : new Error("stopped"));
    throw cause;
  }
}

function itemsOf(
  content: readonly ContentItem[],
  view: readonly number[],
  tags: ReadonlyMap<string, PdfTag>,
): PdfItem[] {
  const items: PdfItem[] = [];
  // Marked content may be nested; the innermost that is known counts (ISO 32000-1, 14.6).
  const open: (PdfTag | undefined)[] = [];
  for (const item of content) {
    if (!("str" in item)) {
      if (item.type === "endMarkedContent") open.pop();
      else if ((item as { readonly tag?: unknown }).tag === "Artifact")
        open.push({ role: "left-out", block: 0 });
      else open.push((item.id === undefined ? undefined : tags.get(item.id)) ?? open.at(-1));
      continue;
    }
    const tag = open.at(-1);
    if (item.str === "" || tag?.role === "left-out") continue;
    items.push({ ...placed(item, view), ...(tag !== undefined && { tag }) });
  }
  return items;
}

type TextItem = Extract<ContentItem, { str: string }>;

/** `view` turns the page as its /Rotate says and puts the origin into the top left corner. */
function placed(item: TextItem, view: readonly number[]): PdfItem {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform as number[];
  const [va = 1, vb = 0, vc = 0, vd = -1, ve = 0, vf = 0] = view;
  const across = va * a + vc * b;
  const down = vb * a + vd * b;
  const left = va * e + vc * f + ve;
  return {
    text: item.str,
    left,
    right: left + item.width,
    y: vb * e + vd * f + vf,
    size: Math.hypot(c, d),
    isRightToLeft: item.dir === "rtl",
    isTurned: across <= 0 || Math.abs(down) > across * 0.1,
  };
}

/** Titles that programs put in by themselves say nothing. */
async function titleOf(pdf: Pdf): Promise<string | undefined> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const written = oneLine(String((info as { Title?: unknown }).Title ?? ""));
  const isOwn =
    written !== "" && !/^(untitled|microsoft word\b|document\d*$)|\.(docx?|pdf|odt|tex|indd)$/i.test(written);
  return isOwn ? written : undefined;
}

type Bookmark = { readonly title: string; readonly items: readonly Bookmark[] };

async function bookmarksOf(pdf: Pdf): Promise<ReadonlyMap<string, number>> {
  const levels = new Map<string, number>();
  const roots = (await pdf.getOutline().catch(() => null)) as readonly Bookmark[] | null;
  const waiting = (roots ?? []).map((bookmark) => ({ bookmark, level: 1 }));
  for (let next = waiting.pop(); next !== undefined && levels.size < 10_000; next = waiting.pop()) {
    const { bookmark, level } = next;
    const title = oneLine(bookmark.title);
    if (title !== "") levels.set(title, Math.min(level, levels.get(title) ?? 9));
    waiting.push(...bookmark.items.map((each) => ({ bookmark: each, level: level + 1 })));
  }
  return levels;
}

function tooLarge(message: string): FileTooLargeError {
  return new FileTooLargeError(message, {
    hint: "Split the PDF, or print the pages that matter to a new one.",
  });
}
