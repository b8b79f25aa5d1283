#!/usr/bin/env node
// Plain JavaScript that any Node can read: the sources behind it are TypeScript, which Node runs itself from 22.18 on.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Huiyin needs Node 22.18 or newer; this is ${process.version}. Run it as "npx huiyin" in its folder: npm brings Node 24. / ` +
      `回音需要 Node 22.18 或更高版本，当前为 ${process.version}。请在项目目录中用 “npx huiyin” 运行：npm 会自带 Node 24。`,
  )
  process.exit(2)
}
import('./keep-compiled.js').then(() => import('../src/cli.ts')).then(cli => cli.main(process.argv.slice(2)))
