/** The style of the pages that the server writes itself; both schemes meet WCAG's contrast for text (AA). */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fbfbfa; --raised: #ffffff; --text: #1d1f24; --soft: #565b66; --line: #dcdee3; --link: #1a56b0;
  --good: #176a37; --good-ground: #e2f3e8; --bad: #a31621; --bad-ground: #fbe4e4;
  --warn: #7a4a00; --warn-ground: #fbeed3; --quiet-ground: #eceef1; --code: #f2f3f5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15171b; --raised: #1d2026; --text: #e8eaee; --soft: #a4abb8; --line: #343944; --link: #8db8ff;
    --good: #7fdba0; --good-ground: #15321f; --bad: #ff9d9d; --bad-ground: #3d1a1c;
    --warn: #f3c678; --warn-ground: #38290f; --quiet-ground: #2a2e36; --code: #23272e;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.55 system-ui, sans-serif; }
.page { max-width: 66rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--raised); padding: .5rem 1rem; z-index: 1; }
header.top { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; border-bottom: 1px solid var(--line); padding-bottom: .6rem; }
header.top strong { font-size: 1.05rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 0; }
nav a[aria-current] { color: var(--text); text-decoration: none; font-weight: 600; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 1.5rem 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .35rem; overflow-wrap: anywhere; }
p, ul, ol { max-width: 46rem; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.card { background: var(--raised); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.1rem; margin: 1rem 0; }
.card > h3 { margin-top: 0; display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: center; font-size: 1.1rem; }
.mark { display: inline-block; border-radius: 1rem; padding: .05rem .65rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; background: var(--quiet-ground); color: var(--soft); }
.mark.good { background: var(--good-ground); color: var(--good); }
.mark.bad { background: var(--bad-ground); color: var(--bad); }
.mark.warn { background: var(--warn-ground); color: var(--warn); }
.banner { border-radius: .6rem; padding: .8rem 1.1rem; margin: 1rem 0; font-weight: 600; }
.banner.good { background: var(--good-ground); color: var(--good); }
.banner.bad { background: var(--bad-ground); color: var(--bad); }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { font-weight: 600; color: var(--soft); font-size: .8125rem; border-top: 0; overflow-wrap: normal; }
tbody th { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .875rem; }
code { background: var(--code); border-radius: .25rem; padding: .08rem .3rem; overflow-wrap: anywhere; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: .45rem; padding: .75rem .9rem; overflow-x: auto; margin: .5rem 0 1rem; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
.copied { position: relative; }
.copied button { position: absolute; top: .35rem; right: .35rem; font: inherit; font-size: .8125rem; padding: .15rem .6rem; color: var(--text); background: var(--raised); border: 1px solid var(--line); border-radius: .35rem; cursor: pointer; }
.contents { columns: 2 16rem; padding-left: 1.2rem; }
details.operation { border: 1px solid var(--line); border-radius: .5rem; background: var(--raised); margin: .6rem 0; padding: 0 1rem; }
details.operation[open] { padding-bottom: .8rem; }
details.operation > summary { cursor: pointer; padding: .65rem 0; overflow-wrap: anywhere; }
.verb { display: inline-block; min-width: 3.9rem; font: 600 .8125rem ui-monospace, Menlo, Consolas, monospace; color: var(--soft); }
@media (max-width: 42rem) {
  .copied pre { margin-bottom: .35rem; }
  .copied button { position: static; margin-bottom: 1rem; }
  /* Folded tables keep their meaning for screen readers by explicit roles. */
  table.folds thead { position: absolute; left: -100rem; }
  table.folds tr { display: block; border-top: 1px solid var(--line); padding: .5rem 0; }
  table.folds th, table.folds td { display: flex; justify-content: space-between; gap: 1rem; border: 0; padding: .15rem 0; text-align: right; white-space: normal; }
  table.folds th { justify-content: flex-start; text-align: left; font-size: 1rem; }
  table.folds td::before { content: attr(data-label); color: var(--soft); text-align: left; flex: none; }
}
@media print { header.top nav, .copied button { display: none; } }
`;

/** Puts a button on each example where the browser lets a page write to the clipboard. Without it, nothing is missing. */
export const PAGE_SCRIPT = `
if (navigator.clipboard) {
  for (const pre of document.querySelectorAll("pre")) {
    const box = document.createElement("div");
    box.className = "copied";
    pre.replaceWith(box);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(pre.textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    box.append(pre, button);
  }
}
`;
