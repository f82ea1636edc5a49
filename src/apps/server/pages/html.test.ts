import { describe, expect, it } from "vitest";
import { html } from "./html.ts";

describe("html", () => {
  it("escapes every value but HTML, in text and in attributes", () => {
    const evil = `"><script>alert('&')</script>`;
    const { html: text } = html`<a title="${evil}">${[evil, html`<b>${1}</b>`, undefined, false, ""]}</a>`;
    expect(text).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;">&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;<b>1</b></a>',
    );
  });

  it("keeps backslashes of its own text", () => {
    expect(html`a\nb`.html).toBe("a\nb");
  });
});
