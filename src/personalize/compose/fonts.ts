/** The fonts belong to the print engine, which the platform holds: reports of other stages are set with them as well. */
export { FONT_FAMILY, type Fonts, fontBlobs, fonts } from '../../platform/engines/print/fonts.ts'
