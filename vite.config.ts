import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** `npm run dev` serves the pages and passes the API on to a running `huiyin serve`. */
const server = process.env['HUIYIN_URL'] ?? 'http://127.0.0.1:7070'

export default defineConfig({
  root: here('./web'),
  publicDir: here('./web/public'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: here('./dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    // The kit (Ant Design) and the charts are one chunk each, cached for long; 353 KB gz once, see docs/decisions.
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      output: {
        manualChunks(id: string) {
          if (/node_modules\/(echarts|zrender)\//.test(id)) return 'charts'
          if (/node_modules\/(antd|@ant-design|@rc-component)\//.test(id)) return 'kit'
          // Only who writes templates pays for the text editor.
          if (/node_modules\/(@tiptap|prosemirror-[a-z]+|orderedmap|rope-sequence|w3c-keyname)\//.test(id))
            return 'text'
          if (/node_modules\//.test(id)) return 'base'
          return undefined
        },
      },
    },
  },
  // Not `/api`: the sources of web/api stand there.
  server: { proxy: { '/api/v1': { target: server, changeOrigin: false } } },
})
