/** The widget's look: one sheet for its shadow root, made by script so that a page's own policy for styles does not matter. */
import { given } from './given.ts'

const css = `
:host{all:initial}
.pw{color-scheme:light;--surface:#f2f5f4;--raised:#fcfdfc;--hover:#e9eeec;--field:#fff;--line:#dde3e1;--edge:#7d8986;--ink:#1a2322;--muted:#54615f;--late:#8f4413;--warm:#fdf0e4;--accent:#1a6084;--fill:#1a6084;--soft:#e4f0f5;
--sans:"Source Sans 3 Variable","Source Sans 3",system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif;--serif:"Source Serif 4 Variable","Source Serif 4","Iowan Old Style",Georgia,"Noto Serif",serif;
font:400 16px/1.45 var(--sans);color:var(--ink);text-align:start;-webkit-text-size-adjust:100%}
.pw:lang(ar){--serif:"Noto Naskh Arabic","Noto Sans Arabic",serif;line-height:1.7}
@media (prefers-color-scheme:dark){.pw{color-scheme:dark;--surface:#101615;--raised:#171e1d;--hover:#212a28;--field:#101615;--line:#2b3533;--edge:#71807c;--ink:#e3e9e7;--muted:#9eaba8;--late:#efb183;--warm:#3a2616;--accent:#82bdd8;--fill:#2a7196;--soft:#15303d}}
.pw *,.pw *::before{box-sizing:border-box}:where(.pw p,.pw h2){margin:0;padding:0}.pw svg{display:block;flex:none}.pw [hidden]{display:none!important}
.pw:dir(rtl) .flips{transform:scaleX(-1)}
.pw a,.lk{color:var(--accent);text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:1px}
.pw :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
.pw button{font:inherit;color:inherit;cursor:pointer;text-align:start}
.lk{background:none;border:0;padding:0;color:var(--accent)!important}
.launch{position:fixed;z-index:2147483000;inset-block-end:24px;inset-inline-end:24px;display:flex;gap:12px;align-items:center;background:var(--raised);border:1px solid var(--edge);border-radius:28px;padding-block:7px;padding-inline:9px 22px;min-block-size:56px;max-inline-size:calc(100vw - 32px);box-shadow:0 2px 10px rgb(20 40 45/.12)}
.launch i{inline-size:40px;block-size:40px;border-radius:50%;background:var(--fill);color:#fff;display:grid;place-items:center;flex:none}
.launch b{display:block;font-weight:600;line-height:1.25}.launch span span{font-size:14.5px;color:var(--muted);line-height:1.25;display:block}
.box{position:fixed;z-index:2147483000;inset-block-end:24px;inset-inline-end:24px;inline-size:392px;max-inline-size:calc(100vw - 32px);max-block-size:calc(100dvh - 48px);background:var(--raised);border:1px solid var(--edge);border-radius:10px;box-shadow:0 12px 40px -8px rgb(20 40 45/.28);display:flex;flex-direction:column;overflow:hidden}
.hd{display:flex;gap:8px;align-items:center;padding-block:12px;padding-inline:18px 8px;border-block-end:1px solid var(--line)}.hd>span{flex:1;min-inline-size:0}.hd b{font-weight:600;display:block;overflow-wrap:anywhere}.hd small{font-size:14.5px;color:var(--muted);display:flex;gap:7px;align-items:center}
.dot::before{content:"";inline-size:9px;block-size:9px;border-radius:50%;background:var(--fill);flex:none}.dot.none::before{background:none;border:2px solid var(--edge)}
.x{background:none;border:0;inline-size:44px;block-size:44px;display:grid;place-items:center;border-radius:6px;flex:none}.x:hover{background:var(--hover)}.back{margin-inline-start:-12px}
.bd{padding:16px 18px;overflow:auto;flex:1;min-block-size:0}
.lab{font-weight:600;display:block}.mut{color:var(--muted);font-size:14.5px}
.in{font:400 16px/1.5 var(--sans);color:inherit;background:var(--field);border:1px solid var(--edge);border-radius:6px;inline-size:100%;padding:9px 11px;min-block-size:48px;display:block;margin-block-start:9px;resize:none}.in::placeholder{color:var(--muted);opacity:1}
textarea.in{max-block-size:30dvh;field-sizing:content}textarea[rows="4"]{min-block-size:116px}
.go{background:var(--fill);color:#fff!important;border:1px solid var(--fill);border-radius:6px;min-block-size:48px;padding:10px 20px;font-weight:600!important}
.clipb{background:none;border:1px solid var(--edge);border-radius:6px;inline-size:48px;block-size:48px;display:grid;place-items:center;color:var(--accent)!important;flex:none}
.acts{display:flex;flex-wrap:wrap;gap:10px;align-items:center;margin-block-start:10px}.acts .mut{flex:1;min-inline-size:0}
.hr{border:0;border-block-start:1px solid var(--line);margin:16px -18px}
.ln{display:flex;justify-content:space-between;gap:12px;align-items:center;min-block-size:48px;inline-size:100%;background:none;border:0;padding:4px 0;text-decoration:none!important;color:var(--ink)!important}.ln:hover b{text-decoration:underline}.ln b{font-weight:600;display:block;line-height:1.3;color:var(--accent);overflow-wrap:anywhere}.ln .mut{display:block}.ln svg{color:var(--accent)}
.msg{margin-block-end:15px}.by{font-size:14.5px;color:var(--muted);line-height:1.35}.by b{color:var(--ink);font-weight:600}.tx{font:400 16.5px/1.5 var(--serif);margin-block-start:2px;white-space:pre-wrap;overflow-wrap:anywhere}
.me{margin-inline-start:44px;background:var(--hover);border-radius:8px;padding:8px 13px 10px}.us{border-inline-start:2px solid var(--accent);padding-inline-start:13px;margin-inline-end:20px}
.fl{display:inline-block;min-block-size:24px;margin-block-start:6px;margin-inline-end:12px;overflow-wrap:anywhere}
.ev{font-size:14.5px;line-height:1.4;color:var(--muted);margin-block-end:15px;padding-block:9px;border-block:1px solid var(--line)}
.pr{display:grid;grid-template-columns:20px 1fr;gap:0 9px;background:var(--soft);border-radius:6px;padding-block:8px 9px;padding-inline:10px 12px;line-height:1.35;margin-block-end:10px}.pr svg{color:var(--accent);margin-block-start:1px}.pr span span{display:block;color:var(--muted)}.pr b{color:var(--accent);font-weight:600}
.pr.late{background:var(--warm)}.pr.late svg,.pr.late b{color:var(--late)}.pr.their{background:none;border:1px solid var(--line)}
.ft{border-block-start:1px solid var(--line);padding:12px 18px 14px}
.err{color:var(--late);font-size:14.5px;margin-block-start:8px}
.askto{display:flex;gap:8px;align-items:end;margin-block-end:12px;flex-wrap:wrap}.askto label{flex:1 0 100%;font-weight:600;font-size:15px}.askto .in{flex:1 1 180px;inline-size:auto;margin:0}.askto .err{flex:1 0 100%;margin:0}
.vh{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
.wr{font-size:14.5px;color:var(--muted);min-block-size:20px;margin-block-end:4px}
@media (max-width:600px){.box{inset:0;inline-size:auto;max-inline-size:none;max-block-size:none;block-size:100dvh;border:0;border-radius:0}.launch{inset-inline-end:16px;inset-block-end:16px}.in{font-size:17px}}
@media (max-height:420px){.bd{flex:1 0 auto}.box{overflow:auto}}
@media (forced-colors:active){.us{border-inline-start:4px solid}.dot::before{border:2px solid}}
@media print{.launch,.box{display:none}}
`

export function dress(root: ShadowRoot) {
  const accent = given.face?.accent
  const shades = (one: Record<string, string>) => `.pw{--accent:${one.accent};--fill:${one.fill};--soft:${one.soft}}`
  const own = accent ? `${shades(accent.light)}@media (prefers-color-scheme:dark){${shades(accent.dark)}}` : ''
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css + own)
  root.adoptedStyleSheets = [sheet]
}
