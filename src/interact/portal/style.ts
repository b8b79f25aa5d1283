import type { PlaceName } from './place.ts'

const COMMON = `
nav{display:flex;flex-wrap:wrap;gap:.25rem .5rem;margin:0 0 1rem;align-items:center}
nav a{padding:.5rem .75rem;border-radius:6px;text-decoration:none;min-height:2.75rem;display:flex;align-items:center}
nav a[aria-current]{background:#1f5f5b;color:#fff}
nav form{margin-left:auto}
@media (max-width:40rem){nav{display:grid;grid-template-columns:repeat(auto-fit,minmax(6.4rem,1fr))}nav a,nav button{justify-content:center;text-align:center;line-height:1.3;width:100%;min-height:2.75rem}nav form{margin:0}}
.langs{flex-wrap:nowrap;white-space:nowrap}
input:not([type=checkbox]):not([type=radio]):not([type=hidden]),textarea{font:inherit;width:100%;padding:.55rem .7rem;border:1px solid #7d8a88;border-radius:6px;background:#fff;color:inherit;min-height:2.75rem}
input[type=time],input[type=datetime-local]{width:auto!important;max-width:100%}
input[name=code],input[name=postcode]{max-width:16rem}
textarea{min-height:7rem;resize:vertical}
label.field>:is(input,textarea,select){margin-top:.3rem}
.two{display:grid;gap:0 1.25rem}
section{border-top:1px solid #dfe5e3;margin-top:1.5rem;padding-top:.25rem}
.ways section:first-child{border:0;margin:0;padding:0}
.hello{margin-top:0}
h2{font-size:1.1rem}
.list{list-style:none;margin:0;padding:0}
.list li{border-top:1px solid #dfe5e3}
.list a.row{display:grid;gap:.1rem .9rem;padding:.75rem .25rem;text-decoration:none;color:inherit;min-height:3rem}
.list a.row:hover{background:#f3f6f5}
.list b{font-weight:600;color:#1f5f5b;overflow-wrap:anywhere}
.faint{color:#5b6470;font-size:.9rem}
.words{white-space:pre-wrap;overflow-wrap:anywhere}
.empty{color:#5b6470;background:#f3f6f5;border-radius:6px;padding:1.25rem 1rem;text-align:center}
.below{display:block;color:#5b6470;font-size:.9rem;overflow-wrap:anywhere}
.mark{background:#a8431f;color:#fff;border-radius:1rem;padding:.05rem .55rem;font-size:.85rem;font-weight:600}
nav a .mark{margin-left:.4rem}
.log{list-style:none;margin:0;padding:0;display:grid;gap:.75rem}
.log li{border-radius:10px;padding:.5rem .9rem;max-width:44rem;background:#eef3f2}
.log li.in{margin-left:2rem;background:#e2eeec}
.log li.out{margin-right:2rem}
.log p{margin:.2rem 0}
.files,.steps-of{margin:.4rem 0;padding-left:1.2rem}
.survey{background:#f3f6f5;border:0;border-radius:10px;padding:.25rem 1rem 1rem;margin:0 0 1.25rem}
iframe{display:block;width:100%;height:75vh;border:1px solid #dfe5e3;border-radius:6px;background:#fff;margin:.75rem 0}
form .actions>.plain:first-child{margin-left:-.5rem}
a.button{display:inline-flex;align-items:center;font-weight:600;padding:.65rem 1.25rem;min-height:2.75rem;border-radius:6px;background:#1f5f5b;color:#fff;text-decoration:none}
.quiet,a.quiet{background:none;color:#1f5f5b;border:1px solid #1f5f5b}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem;margin:0}
dt{color:#5b6470}dd{margin:0;overflow-wrap:anywhere}
.pages{display:flex;gap:1rem;align-items:center;justify-content:space-between;margin-top:1rem;flex-wrap:wrap}
@media (min-width:40rem){.two{grid-template-columns:1fr 1fr}.two>label.field:first-child{grid-column:1/-1;max-width:calc(50% - .625rem)}.list a.row{grid-template-columns:7.5rem 1fr 10rem;align-items:baseline}}
@media print{section{border:0}iframe{height:250mm;border:0;margin:0}.top{margin:0}a{color:inherit}}
@media (prefers-color-scheme:dark){.empty,.survey,.log li{background:#232d33}.log li.in{background:#1f3a38}.empty,.below{color:#a9b4ba}input:not([type=checkbox]):not([type=radio]):not([type=hidden]),textarea{background:#12181c;border-color:#71808a}section,.list li{border-color:#36424a}.list a.row:hover{background:#232d33}.list b{color:#8fd0c8}.faint,dt{color:#a9b4ba}.quiet,a.quiet{color:#8fd0c8;border-color:#8fd0c8}nav a[aria-current]{color:#fff}a.button{color:#fff}a.button.quiet{color:#8fd0c8}}
`

/** Fingers of all sizes, standing: 64 px and larger type. */
const TOUCH = `
html{font-size:20px}
body{font-size:1rem}
@media (max-width:40rem){html{font-size:16px}}
@media (min-height:1400px) and (min-width:900px){html{font-size:27px}.page.wide{max-width:none;padding:3rem 3rem 4rem}}
@media (max-height:1000px) and (min-width:60rem){.ways{display:grid;grid-template-columns:1fr 1fr;gap:2.5rem}.ways section{border:0;margin:0;padding:0}}
nav button.plain{border:2px solid;padding:0 1.25rem;text-decoration:none;font-weight:600}
.top{min-height:64px;align-items:center}
.actions a:not(.button){display:inline-flex;align-items:center;min-height:64px}
button,button.plain,a.button,nav a,.langs a,select,input:not([type=checkbox]):not([type=radio]):not([type=hidden]),.list a.row,summary{min-height:64px}
.langs a{display:inline-flex;align-items:center;min-width:64px;justify-content:center}
nav a,button,a.button{padding-left:1.5rem;padding-right:1.5rem;min-width:64px}
.steps label{min-width:64px}
.steps{gap:.6rem}
.steps.eleven{gap:.2rem}
label{min-height:64px}label.field{min-height:0}
input[type=checkbox],input[type=radio]{width:2rem;height:2rem}
.two>form+form{border-top:0}
dialog{border:0;border-radius:12px;padding:2rem;max-width:32rem;font-size:1.2rem;color:inherit}
dialog::backdrop{background:#0009}
#offline{position:fixed;inset:auto 0 0 0;background:#b3382c;color:#fff;padding:1.25rem;text-align:center;margin:0}
`

export const STYLE: Record<PlaceName, string> = { portal: COMMON, kiosk: COMMON + TOUCH }
