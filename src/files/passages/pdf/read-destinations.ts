import { openPdf } from "./read-pdf.ts";

/**
 * The named places of a PDF (ISO 32000-1, 12.3.2.3) with the page each is on, from 1. Throws as `readPdf` does for a
 * file that can't be opened; a name that leads nowhere is left out.
 */
export async function readDestinations(bytes: Uint8Array): Promise<ReadonlyMap<string, number>> {
  const pdf = await openPdf(bytes);
  try {
    const pages = new Map<string, number>();
    const destinations: Record<string, unknown> = await pdf.getDestinations();
    for (const [name, destination] of Object.entries(destinations)) {
      const [page] = Array.isArray(destination) ? (destination as readonly unknown[]) : [];
      if (typeof page !== "object" || page === null) continue;
      const index = await pdf.getPageIndex(page as Parameters<typeof pdf.getPageIndex>[0]).catch(() => -1);
      if (index >= 0) pages.set(name, index + 1);
    }
    return pages;
  } finally {
    await pdf.loadingTask.destroy();
  }
}
