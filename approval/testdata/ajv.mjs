// Judges documents with npm's ajv. INPUT names a file with {schema, documents}; prints one
// true or false a document, and fails if the schema itself does not compile in
// ajv's strict mode.
import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

const { schema, documents } = JSON.parse(readFileSync(process.env.INPUT, 'utf8'))
const ajv = new Ajv.default({ strict: true, strictRequired: false, strictTypes: false, allErrors: true })
formats.default(ajv)
const judge = ajv.compile(schema)
console.log(JSON.stringify(documents.map((d) => judge(d))))
