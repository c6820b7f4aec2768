"""The report's one style sheet: light and dark, and the colours that plots name by class.

The series' colours are told apart by those who see few colours, too.
"""

CSS = """
:root {
  color-scheme: light dark;
  --page: #fff; --ink: #1f1f1f; --faint: #5f5f5f; --grid: #e4e4e4; --band: #f5f4f2;
  --own: #c2410c; --s0: #0072b2; --s1: #007d5f; --s2: #7b5ea7; --s3: #8a6d00;
  --s4: #555; --s5: #b3548f; --s6: #1c86bd; --s7: #8a8a8a;
  --better: #0072b2; --worse: #c2410c; --warm: #b2182b; --cold: #2166ac; --dots: 0.35;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #1b1b1b; --ink: #e8e8e8; --faint: #a6a6a6; --grid: #363636; --band: #242424;
    --own: #ff8f5a; --s0: #5db3f0; --s1: #3fcf9f; --s2: #b79be6; --s3: #d9b83f;
    --s4: #c4c4c4; --s5: #eea0c9; --s6: #8fd0f5; --s7: #8d8d8d;
    --better: #5db3f0; --worse: #ff8f5a; --warm: #d6404f; --cold: #3f86d0; --dots: 0.5;
  }
}
body { margin: 0 auto; padding: 24px 20px 60px; max-width: 900px; background: var(--page);
  color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 24px; margin: 0 0 12px; }
h2 { font-size: 19px; margin: 40px 0 8px; }
p { margin: 8px 0; max-width: 72ch; }
a { color: var(--s0); }
nav ol { margin: 0; padding-left: 22px; }
.wide { overflow-x: auto; margin: 12px 0; }
table { border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 14px 3px 0; text-align: right; vertical-align: top; white-space: nowrap;
  border-bottom: 1px solid var(--grid); }
th { color: var(--faint); font-weight: 600; vertical-align: bottom; white-space: normal; }
.text { text-align: left; }
.long { white-space: normal; overflow-wrap: anywhere; }
.long:first-child { min-width: 8em; overflow-wrap: normal; }
tr.judged td { font-weight: 600; background: var(--band); }
tr.first td { border-top: 2px solid var(--faint); }
figure { margin: 12px 0; }
details { margin: 6px 0; }
figcaption, summary, .files { color: var(--faint); font-size: 13.5px; max-width: 76ch; }
svg { display: block; max-width: 100%; min-width: 560px; height: auto; font-size: 12px; }
svg text { fill: var(--ink); font-family: system-ui, sans-serif; }
svg .faint { fill: var(--faint); }
svg .named { fill: currentColor; }
svg .on-strong { fill: #fff; }
.grid { stroke: var(--grid); }
.axis { stroke: var(--faint); }
.mean { stroke: var(--ink); stroke-dasharray: 5 4; }
.better { fill: var(--better); } .worse { fill: var(--worse); }
.warm { fill: var(--warm); stroke: var(--grid); } .cold { fill: var(--cold); stroke: var(--grid); }
.dots { stroke: var(--s0); stroke-width: 3.4; stroke-linecap: round; stroke-opacity: var(--dots); }
.own { color: var(--own); }
.s0 { color: var(--s0); } .s1 { color: var(--s1); } .s2 { color: var(--s2); }
.s3 { color: var(--s3); } .s4 { color: var(--s4); } .s5 { color: var(--s5); }
.s6 { color: var(--s6); } .s7 { color: var(--s7); }
@media print { .wide { overflow: visible; } figure, tr { break-inside: avoid; } }
"""
