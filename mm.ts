import { allScripts, runsOnKernel } from './test/conformance/checks.js';
import { parseScript } from './src/script/parse.js';
for (const s of allScripts()) { if (!runsOnKernel(s)) continue; const t = parseScript(s.text,s.path).events.reduce((x,{time})=>x+(time.kind==='relative'?time.from:0),0)/1e6; const any = parseScript(s.text,s.path).events.some(e=>e.time.kind==='any'); if (t>20||false) console.log(s.name, t, any); }
