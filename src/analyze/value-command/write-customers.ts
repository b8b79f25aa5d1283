import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { commandErrors } from './errors.ts'
import type { ValueResult } from './value-of-file.ts'

/**
 * One row per customer: `customer,x,t_x,T,p_alive,expected,spend,value,value_low,value_high` by the model chosen, then
 * `p_alive_<model>,expected_<model>` of every model that could be fitted. Empty where there is no model to say.
 */
export async function writeCustomers(file: string, result: ValueResult, name: (key: number) => string): Promise<void> {
  const { customers, perCustomer } = result
  const fitted = [...result.models].filter(([, model]) => model.forecast)
  const columns: [string, (i: number) => string][] = [
    ['customer', i => quoted(name(customers.key[i]!))],
    ['x', i => String(customers.x[i])],
    ['t_x', i => figure(customers.tx[i])],
    ['T', i => figure(customers.T[i])],
    ['p_alive', i => figure(perCustomer?.alive[i])],
    ['expected', i => figure(perCustomer?.expected[i])],
    ['spend', i => figure(perCustomer?.money?.spend[i])],
    ['value', i => figure(perCustomer?.money?.value[i])],
    ['value_low', i => figure(perCustomer?.money?.low[i])],
    ['value_high', i => figure(perCustomer?.money?.high[i])],
    ...fitted.flatMap(([id, { forecast }]): [string, (i: number) => string][] => [
      [`p_alive_${id}`, i => figure(forecast!.alive[i])],
      [`expected_${id}`, i => figure(forecast!.expected[i])],
    ]),
  ]
  const stream = createWriteStream(file)
  const failed = new Promise<never>((_, reject) => stream.once('error', reject))
  failed.catch(() => undefined)
  try {
    let piece = `${columns.map(([heading]) => heading).join(',')}\n`
    for (let i = 0; i < customers.key.length; i++) {
      piece += `${columns.map(([, cell]) => cell(i)).join(',')}\n`
      if (piece.length < 1 << 16) continue
      if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), failed])
      piece = ''
    }
    stream.end(piece)
    await Promise.race([finished(stream), failed])
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (['ENOENT', 'EACCES', 'EISDIR', 'EROFS'].includes(code))
      throw commandErrors['file.unwritable']({ file, why: code }, error)
    throw error
  }
}

/** Eight digits at most, without trailing noughts. */
const figure = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? '' : String(Number(value.toPrecision(8)))

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
