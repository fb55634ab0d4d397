// Convert a folder of posts in one process: node turndown.js FROM TO. The module is sought where NODE_PATH says.
const fs = require('fs')
const path = require('path')
const TurndownService = require('turndown')

const service = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced' })
try { service.use(require('turndown-plugin-gfm').gfm) } catch (missing) { /* tables stay HTML then */ }

const [source, target] = process.argv.slice(2)
fs.mkdirSync(target, { recursive: true })
for (const name of fs.readdirSync(source)) {
  const text = fs.readFileSync(path.join(source, name), 'utf8')
  const end = text.indexOf('\n---\n') + 5
  fs.writeFileSync(path.join(target, name), text.slice(0, end) + service.turndown(text.slice(end)))
}
