// Command declare helps a vendor with a self-declaration before it is sent, and
// the editor of a requirement set with the set.
//
//	go run ./examples/declare schema [-set SET] [-draft | -vendor]
//	go run ./examples/declare sets [-lang nb] [-json]
//	go run ./examples/declare lint [-lang nb] [-previous SET] [-json] SET
//	go run ./examples/declare check [-lang nb] [-draft | -vendor] [-set SET] [-json] FILE...
//	go run ./examples/declare inherit [-lang nb] [-set SET] [-at DAY] PRODUCT VENDOR
//	go run ./examples/declare decide [-lang nb] [-draft] [-set SET] [-waivers FILE] [-findings FILE] [-at DAY] [-explain] [-html FILE] [-json] FILE
//	go run ./examples/declare whynot [-lang nb] [-draft] [-set SET] [-waivers FILE] [-findings FILE] [-at DAY] -want OUTCOME [-json] FILE
//	go run ./examples/declare questionnaire [-set SET] [-lang nb] [-bundle] [-losses]
//	go run ./examples/declare export -format cyclonedx|oscal [-lang en] [-set SET] [-waivers FILE] [-findings FILE] [-at DAY] [-assessor NAME] FILE
//	go run ./examples/declare diff [-lang nb] [-draft] [-set SET] [-json] OLD NEW
//	go run ./examples/declare migrate [-lang nb] [-draft] [-from SET] -to SET [-map FILE] [-out FILE] [-json] FILE
//	go run ./examples/declare key -out FILE
//	go run ./examples/declare sign [-lang nb] [-vendor] [-set SET] -key FILE -affirm FILE
//	go run ./examples/declare verify [-lang nb] -keys FILE -signature FILE [-json] FILE
//
// schema prints the JSON Schema (draft 2020-12) of a declaration against a
// requirement set. sets lists the released sets with their digests. lint finds
// what is not right in a set, also beside the version before it. check lists
// everything that is wrong in each file, or in what a draft has so far. inherit
// prints a tool's declaration with the answers that the vendor gives once for
// all its tools, and says on standard error what became of each. decide shows
// the decision that the rules give, with a reason for each requirement, what is
// missing, and conditions; it decides nothing for anybody: a panel still has
// its say. Findings of assessors take the place of what the vendor has stated. With -draft it reads a draft as if it were handed in that day; so do
// whynot, diff and migrate. whynot says what would have to change for another outcome.
// questionnaire prints the set as a FHIR R4 Questionnaire, -bundle in all three
// languages, and export the decision for programs that read CycloneDX or OSCAL. diff says
// what changed between two declarations and whether that is material. migrate
// takes the answers over to another requirement set, and says what must be read
// again. key makes a key for signing and prints its public part; sign prints a
// signature, and verify checks one. A file named "-" is standard input. A SET
// is the ID@VERSION of a released one, its ID for the newest, or a file.
//
// Exit status: 0 valid, 1 invalid, 2 when the input cannot be used, such as a
// file that is missing, too large or not JSON. 1 also says that a change is
// material (diff), that something is left to answer (migrate), that a signature
// is refused (verify), that a set has errors (lint) or that no way to the
// outcome was found (whynot). Every decision is 0.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

const defaultSet = "web-baseline"

const usage = `declare schema [-set SET] [-draft | -vendor]   print the JSON Schema of a self-declaration
declare sets [-lang nb] [-json]   list the released requirement sets
declare lint [-lang nb] [-previous SET] [-json] SET   say what is not right in a requirement set
declare check [-lang nb] [-draft | -vendor] [-set SET] [-json] FILE...   list everything that is wrong
declare inherit [-lang nb] [-set SET] [-at DAY] PRODUCT VENDOR   take the vendor's own answers into a declaration
declare decide [-lang nb] [-draft] [-set SET] [-waivers FILE] [-findings FILE] [-at DAY] [-explain] [-html FILE] [-json] FILE   show what the rules would decide
declare whynot [-lang nb] [-draft] [-set SET] [-waivers FILE] [-findings FILE] [-at DAY] -want OUTCOME [-json] FILE   say what would have to change
declare questionnaire [-set SET] [-lang nb] [-bundle] [-losses]   print the form as a FHIR R4 Questionnaire
declare export -format cyclonedx|oscal [-lang en] [-set SET] [-waivers FILE] [-findings FILE] [-at DAY] [-assessor NAME] FILE   print the decision for other programs
declare diff [-lang nb] [-draft] [-set SET] [-json] OLD NEW   say what changed, and whether it is material
declare migrate [-lang nb] [-draft] [-from SET] -to SET [-map FILE] [-out FILE] [-json] FILE   take answers to another set
declare key -out FILE   make a key for signing
declare sign [-lang nb] [-vendor] [-set SET] -key FILE -affirm FILE   print a signature
declare verify [-lang nb] -keys FILE -signature FILE [-json] FILE   check a signature
`

const mostBytes = 1 << 20

// The exit statuses.
const (
	valid    = 0
	invalid  = 1
	unusable = 2
)

func main() { os.Exit(run(os.Args[1:], time.Now(), os.Stdout, os.Stderr)) }

// command is one call: where it writes and when it happens.
type command struct {
	now            time.Time
	stdout, stderr io.Writer
	// lang is the reader's language, once the options are read.
	lang *string
}

// run is the program.
func run(args []string, now time.Time, stdout, stderr io.Writer) int {
	lang := "nb"
	c := command{now, stdout, stderr, &lang}
	commands := map[string]func([]string) (int, error){"schema": c.schema, "check": c.check, "decide": c.decide,
		"diff": c.diff, "migrate": c.migrate, "key": c.key, "sign": c.sign, "verify": c.verify,
		"questionnaire": c.questionnaire, "export": c.export,
		"sets": c.sets, "lint": c.lint, "inherit": c.inherit, "whynot": c.whynot}
	if len(args) > 0 && slices.Contains([]string{"-h", "-help", "--help", "help"}, args[0]) {
		fmt.Fprint(stdout, usage)
		return valid
	}
	if len(args) == 0 || commands[args[0]] == nil {
		fmt.Fprintln(stderr, "declare: want schema, check, decide, questionnaire, export, diff, migrate, key, sign, verify, sets, lint, inherit or whynot (declare -h tells more)")
		return unusable
	}
	code, err := commands[args[0]](args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
		return valid
	case err != nil:
		fmt.Fprintln(stderr, "declare:", words(err, *c.lang))
		return max(code, unusable)
	}
	return code
}

func in(text catalogue.Text, lang string) string { return text.In(catalogue.Lang(lang)) }
