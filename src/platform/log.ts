import { type Logger, pino } from 'pino'

/** Structured logs on stderr, as stdout belongs to results. Nothing personal: fields that could be are redacted anyway. */
export const createLog = (level: string): Logger =>
  pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          '*.name',
          '*.mobile',
          '*.email',
          '*.phone',
          '*.address',
          '*.password',
          '*.token',
          'name',
          'mobile',
          'email',
          'phone',
          'address',
        ],
        censor: '[redacted]',
      },
    },
    pino.destination({ dest: 2, sync: false }),
  )
