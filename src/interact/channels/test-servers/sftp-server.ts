/** For tests: ssh2's server with a folder behind it, which can break off. */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, renameSync, statSync, writeSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import ssh2, { type SFTPWrapper } from 'ssh2'

export interface SftpServer {
  port: number
  /** SHA-256 of the server's key. */
  hostKey: string
  /** Bytes after which the connection is cut. */
  breakAfter: number
  written: number
  renamed: string[]
  close(): Promise<void>
}

const { OK, NO_SUCH_FILE, EOF } = ssh2.utils.sftp.STATUS_CODE
const attributes = (stats: { mode: number; size: number }) => ({
  mode: stats.mode,
  size: stats.size,
  uid: 0,
  gid: 0,
  atime: 0,
  mtime: 0,
})

export async function startSftpServer(root: string, password: string): Promise<SftpServer> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  const parsed = ssh2.utils.parseKey(pem)
  if (parsed instanceof Error) throw parsed
  const state: SftpServer = {
    port: 0,
    hostKey: `SHA256:${createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=$/, '')}`,
    breakAfter: Number.POSITIVE_INFINITY,
    written: 0,
    renamed: [],
    close: async () => undefined,
  }
  const open = new Set<ssh2.Connection>()
  const server = new ssh2.Server({ hostKeys: [pem] }, connection => {
    open.add(connection)
    connection.on('error', () => undefined)
    connection.on('close', () => open.delete(connection))
    connection.on('authentication', context =>
      context.method === 'password' && context.password === password ? context.accept() : context.reject(['password']),
    )
    connection.on('ready', () => {
      ;(connection as unknown as { setNoDelay(on: boolean): void }).setNoDelay(true)
      connection.on('session', accept => {
        accept().on('sftp', acceptSftp => serve(acceptSftp(), root, state, () => connection.end()))
      })
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  state.port = (server.address() as AddressInfo).port
  state.close = () =>
    new Promise(resolve => {
      for (const connection of open) connection.end()
      server.close(() => resolve())
    })
  return state
}

function serve(sftp: SFTPWrapper, root: string, state: SftpServer, cut: () => void): void {
  const files = new Map<number, number>()
  const listings = new Map<number, string[]>()
  let handles = 0
  const handle = (): Buffer => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(++handles)
    return bytes
  }
  const path = (name: string) => join(root, name)
  const stat = (id: number, name: string) => {
    try {
      sftp.attrs(id, attributes(statSync(path(name))))
    } catch {
      sftp.status(id, NO_SUCH_FILE)
    }
  }
  sftp.on('REALPATH', (id, name) =>
    sftp.name(id, [{ filename: join('/', name), longname: name, attrs: attributes({ mode: 0, size: 0 }) }]),
  )
  sftp.on('STAT', stat)
  sftp.on('LSTAT', stat)
  sftp.on('FSTAT', (id, bytes) => sftp.attrs(id, attributes(fstatSync(files.get(bytes.readUInt32BE(0))!))))
  sftp.on('FSETSTAT', id => sftp.status(id, OK))
  sftp.on('MKDIR', (id, name) => {
    mkdirSync(path(name), { recursive: true })
    sftp.status(id, OK)
  })
  sftp.on('OPENDIR', (id, name) => {
    const bytes = handle()
    listings.set(
      bytes.readUInt32BE(0),
      readdirSync(path(name)).map(file => join(name, file)),
    )
    sftp.handle(id, bytes)
  })
  sftp.on('READDIR', (id, bytes) => {
    const names = listings.get(bytes.readUInt32BE(0))?.splice(0) ?? []
    if (names.length === 0) return sftp.status(id, EOF)
    sftp.name(
      id,
      names.map(name => {
        const stats = statSync(path(name))
        const kind = stats.isDirectory() ? 'd' : '-'
        const filename = basename(name)
        return {
          filename,
          longname: `${kind}rw-r--r-- 1 0 0 ${stats.size} Jan 1 00:00 ${filename}`,
          attrs: attributes(stats),
        }
      }),
    )
  })
  sftp.on('OPEN', (id, name, flags) => {
    const bytes = handle()
    const mode = ssh2.utils.sftp.flagsToString(flags) ?? 'w'
    files.set(bytes.readUInt32BE(0), openSync(path(name), mode))
    sftp.handle(id, bytes)
  })
  sftp.on('WRITE', (id, bytes, offset, data) => {
    writeSync(files.get(bytes.readUInt32BE(0))!, data, 0, data.length, offset)
    state.written += data.length
    if (state.written > state.breakAfter) return cut()
    sftp.status(id, OK)
  })
  sftp.on('CLOSE', (id, bytes) => {
    const number = bytes.readUInt32BE(0)
    const file = files.get(number)
    if (file !== undefined) closeSync(file)
    files.delete(number)
    listings.delete(number)
    sftp.status(id, OK)
  })
  sftp.on('RENAME', (id, from, to) => {
    renameSync(path(from), path(to))
    state.renamed.push(basename(to))
    sftp.status(id, OK)
  })
}
