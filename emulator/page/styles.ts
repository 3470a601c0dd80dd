// The page's looks: the system's colours, which are right in light and in dark.
export const styles = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 0 auto; padding: 1.5rem; background: Canvas; color: CanvasText; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
code { font: 0.875em ui-monospace, monospace; overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; margin-bottom: 0.75rem; }
input, button { font: inherit; padding: 0.3rem 0.6rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 44rem; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; }
th, td { border-bottom: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); }
td { overflow-wrap: anywhere; }
nav a { margin-right: 1rem; }
.date { white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; min-width: 3rem; }
`;
