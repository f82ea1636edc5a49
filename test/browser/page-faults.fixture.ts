import type { Page } from "playwright-core";

/**
 * What keeps people from using the page, by simple rules of WCAG 2.2: names of controls (4.1.2), labels, ids, landmarks,
 * headings and language (1.3.1, 3.1.1), contrast (1.4.3), targets of 24 pixels (2.5.8), no scrolling sideways (1.4.10).
 */
export function pageFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const all = [...document.querySelectorAll<HTMLElement>("body *")];
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.closest("[aria-hidden=true]") &&
      element.getBoundingClientRect().width > 1;
    const textOf = (id: string): string => document.getElementById(id)?.textContent ?? "";
    const describe = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.className} "${(element.textContent ?? "").slice(0, 40)}"`;

    const nameOf = (element: HTMLElement): string => {
      const labelled = element.getAttribute("aria-labelledby")?.split(/\s+/u).map(textOf).join(" ");
      const label = (element as HTMLInputElement).labels?.[0]?.textContent;
      return (labelled ?? element.getAttribute("aria-label") ?? label ?? element.textContent ?? "").trim();
    };
    const controls = all.filter((each) => each.matches("button, input, select, textarea, a[href], summary"));
    for (const control of controls.filter(isShown)) {
      const { width, height } = control.getBoundingClientRect();
      if (nameOf(control) === "") faults.push(`no name: ${describe(control)}`);
      if (Math.min(width, height) < 16) faults.push(`too small to hit: ${describe(control)}`);
      if (control.tabIndex < 0 && !control.hasAttribute("disabled") && !control.matches("[type=radio]"))
        faults.push(`not reached by keyboard: ${describe(control)}`);
    }

    const ids = all.map(({ id }) => id).filter((id) => id !== "");
    for (const id of new Set(ids))
      if (ids.filter((each) => each === id).length > 1) faults.push(`id twice: ${id}`);
    for (const element of all)
      for (const name of ["aria-labelledby", "aria-describedby", "aria-controls"])
        for (const id of element.getAttribute(name)?.split(/\s+/u) ?? [])
          if (document.getElementById(id) === null) faults.push(`${name} leads nowhere: ${id}`);
    if (all.some(({ tabIndex }) => tabIndex > 0)) faults.push("an order of its own for the keyboard");
    if (document.querySelectorAll("main").length !== 1) faults.push("not one main part");
    if (document.querySelectorAll("h1").length !== 1) faults.push("not one first heading");
    if (document.documentElement.lang === "" || document.title === "") faults.push("no language or title");
    if (document.documentElement.scrollWidth > innerWidth)
      faults.push(`wider than the window: ${scrollWidths()}`);

    function scrollWidths(): string {
      const wide = all.filter((each) => isShown(each) && each.getBoundingClientRect().right > innerWidth + 1);
      return wide.slice(0, 3).map(describe).join("; ");
    }

    type Colour = readonly [number, number, number, number];
    const parse = (text: string): Colour => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = text.match(/[\d.]+/gu)?.map(Number) ?? [];
      return [red, green, blue, alpha];
    };
    const light = ([red, green, blue]: Colour): number => {
      const linear = [red, green, blue].map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
    };
    const behind = (element: Element): Colour => {
      for (let each: Element | null = element; each !== null; each = each.parentElement) {
        const colour = parse(getComputedStyle(each).backgroundColor);
        if (colour[3] === 1) return colour;
      }
      return [255, 255, 255, 1];
    };
    for (const element of all.filter(isShown)) {
      const hasText = [...element.childNodes].some(
        ({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && (textContent ?? "").trim() !== "",
      );
      if (!hasText || element.closest("[disabled], option, .unseen")) continue;
      const [one, other] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(2)}: ${describe(element)}`);
    }
    return faults;
  });
}

export type TabStop = { readonly name: string; readonly isSeen: boolean };

/** Where Tab leads, from the present focus to the end of the page, and whether each place looks different with the focus. */
export async function tabStops(page: Page, most: number): Promise<TabStop[]> {
  await page.evaluate(() => {
    const look = (element: Element): string =>
      JSON.stringify(
        [element, element.parentElement!, element.nextElementSibling ?? element].flatMap((each) =>
          ["", "::before", "::after"].map((pseudo) => {
            const { outline, boxShadow, borderColor, borderBottom, transform } = getComputedStyle(
              each,
              pseudo,
            );
            return [outline, boxShadow, borderColor, borderBottom, transform];
          }),
        ),
      );
    const state = { look, stops: [] as { name: string; isSeen: boolean; element: Element; look: string }[] };
    Object.assign(globalThis, { tabWalk: state });
    document.addEventListener("focusin", ({ target }) => {
      // One frame later, because styles of the focus may come by script.
      requestAnimationFrame(() => {
        const element = target as HTMLInputElement;
        const last = state.stops.at(-1);
        if (last?.element === element) return;
        if (last !== undefined) last.isSeen = last.look !== look(last.element);
        const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
        state.stops.push({ name: label ?? element.textContent, isSeen: true, element, look: look(element) });
      });
    });
  });
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press("Tab");
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    if (await page.evaluate(() => document.activeElement === document.body)) break;
  }
  return page.evaluate(() => {
    const { stops, look } = (globalThis as unknown as { tabWalk: TabWalk }).tabWalk;
    type TabWalk = {
      look(element: Element): string;
      stops: { name: string; isSeen: boolean; element: Element; look: string }[];
    };
    const last = stops.at(-1);
    if (last !== undefined) last.isSeen = last.look !== look(last.element);
    return stops.map(({ name, isSeen }) => ({ name, isSeen }));
  });
}
