// Lighthouse in one Chromium for many pages: node lighthouse.mjs NODE_MODULES SCHEME URL...
// Says what costs a page a point, and ends with 1 if anything does.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, scheme, ...urls] = process.argv.slice(2);
// The modules are not above this file, where `import` would look for them.
const { resolve: find } = createRequire(join(resolve(modules), "here.js"));
const { default: lighthouse } = await import(pathToFileURL(find("lighthouse")));
const { launch } = await import(pathToFileURL(find("chrome-launcher")));

const ASKED = ["accessibility", "best-practices", "seo"];
// Pages that are not for everybody ask search engines to stay away; that is what they should do.
const OWN_WISH = "is-crawlable";

const browser = await launch({
  chromePath: "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", `--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`],
});
const faults = [];
try {
  for (const url of urls) {
    const { lhr } = await lighthouse(url, {
      port: browser.port,
      onlyCategories: scheme === "dark" ? ["accessibility"] : ASKED,
      skipAudits: (await (await fetch(url)).text()).includes('content="noindex"') ? [OWN_WISH] : [],
      throttlingMethod: "provided",
      // Nothing here comes late: no page loads anything by itself once it is there.
      maxWaitForLoad: 3000,
      disableFullPageScreenshot: true,
      logLevel: "silent",
    });
    if (lhr.runtimeError) faults.push(`${url}: ${lhr.runtimeError.message}`);
    for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
      if (score !== 1) {
        const lacking = auditRefs.filter(({ id, weight }) => weight && (lhr.audits[id].score ?? 1) < 1);
        faults.push(`${url}: ${id} ${Math.round(100 * score)}: ${lacking.map(({ id }) => `${id} (${lhr.audits[id].title})`).join(", ")}`);
      }
    }
  }
} finally {
  await browser.kill();
}
for (const fault of faults) console.error(fault);
if (!faults.length) console.log(`Lighthouse, ${scheme}: 100 for each of ${urls.length} kinds of pages.`);
process.exitCode = faults.length ? 1 : 0;
