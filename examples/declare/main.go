// Command declare helps a vendor with a self-declaration before it is sent.
//
//	go run ./examples/declare schema [-set ID]
//	go run ./examples/declare check [-lang nb] [-json] FILE...
//	go run ./examples/declare decide [-lang nb] [-html FILE] [-json] FILE
//	go run ./examples/declare questionnaire [-set ID] [-lang nb] [-bundle] [-losses]
//	go run ./examples/declare export -format cyclonedx|oscal [-lang en] [-assessor NAME] FILE
//	go run ./examples/declare diff [-lang nb] [-set SET] [-json] OLD NEW
//	go run ./examples/declare migrate [-lang nb] [-from SET] -to SET [-map FILE] [-out FILE] [-json] FILE
//	go run ./examples/declare key -out FILE
//	go run ./examples/declare sign [-lang nb] -key FILE -affirm FILE
//	go run ./examples/declare verify [-lang nb] -keys FILE -signature FILE [-json] FILE
//
// schema prints the JSON Schema (draft 2020-12) of a declaration against a
// requirement set. check lists everything that is wrong in each file. decide
// shows the decision that the rules give, with a reason for each requirement;
// it decides nothing for anybody: a panel still has its say. questionnaire prints
// the set as a FHIR R4 Questionnaire, -bundle in all three languages, and export
// that decision for programs that read CycloneDX or OSCAL. diff says what
// changed between two declarations and whether that is material. migrate takes
// the answers over to another requirement set, and says what must be read again.
// key makes a key for signing and prints its public part; sign prints a
// signature, and verify checks one. A file named "-" is standard input.
//
// Exit status: 0 valid, 1 invalid, 2 when the input cannot be used, such as a
// file that is missing, too large or not JSON. 1 also says that a change is
// material (diff), that something is left to answer (migrate) or that a
// signature is refused (verify).
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

const defaultSet = "web-baseline"

const usage = `declare schema [-set ID]                         print the JSON Schema of a self-declaration
declare check [-lang nb] [-json] FILE...         list everything that is wrong
declare decide [-lang nb] [-html FILE] [-json] FILE   show what the rules would decide
declare questionnaire [-set ID] [-lang nb] [-bundle] [-losses]   print the form as a FHIR R4 Questionnaire
declare export -format cyclonedx|oscal [-lang en] [-assessor NAME] FILE   print the decision for other programs
declare diff [-lang nb] [-set SET] [-json] OLD NEW     say what changed, and whether it is material
declare migrate [-lang nb] [-from SET] -to SET [-map FILE] [-out FILE] [-json] FILE   take answers to another set
declare key -out FILE                            make a key for signing
declare sign [-lang nb] -key FILE -affirm FILE   print a signature
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
}

// run is the program.
func run(args []string, now time.Time, stdout, stderr io.Writer) int {
	c := command{now, stdout, stderr}
	commands := map[string]func([]string) (int, error){"schema": c.schema, "check": c.check, "decide": c.decide,
		"questionnaire": c.questionnaire, "export": c.export,
		"diff": c.diff, "migrate": c.migrate, "key": c.key, "sign": c.sign, "verify": c.verify}
	if len(args) > 0 && slices.Contains([]string{"-h", "-help", "--help", "help"}, args[0]) {
		fmt.Fprint(stdout, usage)
		return valid
	}
	if len(args) == 0 || commands[args[0]] == nil {
		fmt.Fprintln(stderr, "declare: want schema, check, decide, questionnaire, export, diff, migrate, key, sign or verify (declare -h tells more)")
		return unusable
	}
	code, err := commands[args[0]](args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
		return valid
	case err != nil:
		fmt.Fprintln(stderr, "declare:", err)
	}
	return code
}

// flags of one subcommand; lang is checked when they are parsed.
type flags struct {
	*flag.FlagSet
	lang string
}

func (c command) flags(name string) *flags {
	f := &flags{FlagSet: flag.NewFlagSet("declare "+name, flag.ContinueOnError)}
	f.SetOutput(c.stderr)
	return f
}

func (f *flags) parse(args []string) error {
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.lang != "" && !strings.Contains(" nb nn en ", " "+f.lang+" ") {
		return fmt.Errorf("-lang %q, want nb, nn or en", f.lang)
	}
	return nil
}

func (c command) schema(args []string) (int, error) {
	f := c.flags("schema")
	id := f.String("set", defaultSet, "the requirement set's `ID`")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	set, err := requirement.Get(*id)
	if err != nil {
		return unusable, err
	}
	data, err := set.Schema()
	if err != nil {
		return unusable, err
	}
	_, err = c.stdout.Write(data)
	return valid, err
}

// read checks one file against the requirement set that it names.
func read(file string) (*approval.SelfDeclaration, *approval.RequirementSet, error) {
	_, d, set, err := checkedAgainst(file, nil)
	return d, set, err
}

// setOf finds the set that a declaration answers; a declaration that does not say is checked against the usual one.
func setOf(data []byte) (*approval.RequirementSet, error) {
	ref, err := approval.ReadSetRef(data)
	if err != nil {
		return requirement.Get(defaultSet)
	}
	set, err := requirement.GetVersion(ref.ID, ref.Version)
	if err != nil {
		return requirement.Get(defaultSet)
	}
	return set, nil
}

// status tells a declaration with mistakes from input that is none at all.
func status(err error) int {
	var wrong *approval.DeclarationError
	switch {
	case err == nil:
		return valid
	case errors.As(err, &wrong) && !slices.ContainsFunc(wrong.Problems, notJSON):
		return invalid
	}
	return unusable
}

func notJSON(p approval.Problem) bool {
	return slices.Contains([]string{"too-large", "not-utf8", "syntax", "trailing", "too-deep"}, p.Code)
}

func in(text catalogue.Text, lang string) string { return text.In(catalogue.Lang(lang)) }
