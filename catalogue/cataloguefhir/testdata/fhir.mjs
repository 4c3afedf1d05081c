// Judges resources with npm's fhir, which knows R4's structure, cardinalities and bindings. INPUT names a file with an array of
// resources; prints for each the messages of severity error or fatal as "place: message".
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { Fhir } = createRequire(process.cwd() + '/')('fhir')
const judge = new Fhir()
const serious = (m) => m.severity === 'error' || m.severity === 'fatal'
const verdict = (resource) => {
  const { valid, messages } = judge.validate(resource, { errorOnUnexpected: true })
  const found = messages.filter(serious).map((m) => `${m.location}: ${m.message}`)
  return valid || found.length > 0 ? found : ['not valid, without a message']
}
console.log(JSON.stringify(JSON.parse(readFileSync(process.env.INPUT, 'utf8')).map(verdict)))
