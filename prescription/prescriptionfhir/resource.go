package prescriptionfhir

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// kind is what FHIR R4 (4.0.1) says of a resource.
type kind struct {
	name                 string
	elements, primitives map[string]bool
	statuses, intents    []string
	dates                [][]string // members that are a date or a time, as paths
}

var taskKind = kind{"Task",
	set(`resourceType id meta implicitRules language text contained extension modifierExtension identifier instantiatesCanonical
		instantiatesUri basedOn groupIdentifier partOf status statusReason businessStatus intent priority code description focus for encounter
		executionPeriod authoredOn lastModified requester performerType owner location reasonCode reasonReference insurance note
		relevantHistory restriction input output`),
	set(`id implicitRules language instantiatesCanonical instantiatesUri status intent priority description authoredOn lastModified`),
	taskStatuses, taskIntents,
	[][]string{{"authoredOn"}, {"lastModified"}, {"executionPeriod", "start"}, {"executionPeriod", "end"},
		{"restriction", "period", "start"}, {"restriction", "period", "end"}}}

var requestKind = kind{"ServiceRequest",
	set(`resourceType id meta implicitRules language text contained extension modifierExtension identifier instantiatesCanonical
		instantiatesUri basedOn replaces requisition status intent category priority doNotPerform code orderDetail quantityQuantity
		quantityRatio quantityRange subject encounter occurrenceDateTime occurrencePeriod occurrenceTiming asNeededBoolean
		asNeededCodeableConcept authoredOn requester performerType performer locationCode locationReference reasonCode reasonReference
		insurance supportingInfo specimen bodySite note patientInstruction relevantHistory`),
	set(`id implicitRules language instantiatesCanonical instantiatesUri status intent priority doNotPerform occurrenceDateTime
		asNeededBoolean authoredOn patientInstruction`),
	requestStatuses, requestIntents,
	[][]string{{"authoredOn"}, {"occurrenceDateTime"}, {"occurrencePeriod", "start"}, {"occurrencePeriod", "end"}}}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, word := range strings.Fields(words) {
		out[word] = true
	}
	return out
}

var priorities = []string{"routine", "urgent", "asap", "stat"}

// dateTime is FHIR's form (hl7.org/fhir/R4/datatypes.html#dateTime).
var dateTime = regexp.MustCompile(`^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)` +
	`(\.[0-9]+)?(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?$`)

// read reads a resource into dst as far as dst has room for it, and gives what is wrong. If what came is not JSON, there is an error.
func (k kind) read(data []byte, dst any) ([]problem.Problem, error) {
	r, err := reader(data)
	if err != nil {
		return nil, err
	}
	root := r.Root()
	if name := root.Look("resourceType"); name != k.name {
		root.Report("resourceType", problem.NotAllowed, k.name)
		return r.Problems(), nil
	}
	root.RefuseModifiers()
	for _, member := range root.Names() {
		bare, more := strings.CutPrefix(member, "_")
		if !k.elements[member] && !(more && k.primitives[bare]) {
			root.Report(member, problem.UnknownMember, "")
		}
	}
	k.codes(root)
	for _, path := range k.dates {
		n := root
		for _, member := range path[:len(path)-1] {
			n = n.Member(member)
		}
		if text := n.Look(path[len(path)-1]); text != "" && !dateTime.MatchString(text) {
			n.Report(path[len(path)-1], problem.BadFormat, "a date, or a time with its zone")
		}
	}
	root.Decode(dst)
	fhir.Prune(dst)
	return r.Problems(), nil
}

// codes checks the members that FHIR demands, and those that would mean something else if they were not understood.
func (k kind) codes(root fhir.Node) {
	for _, c := range []struct {
		name    string
		allowed []string
		needed  bool
	}{{"status", k.statuses, true}, {"intent", k.intents, true}, {"priority", priorities, false}} {
		value := root.Look(c.name)
		switch {
		case value == "" && c.needed && !slices.Contains(root.Names(), c.name):
			root.Report(c.name, problem.MissingMember, "")
		case value != "" && !slices.Contains(c.allowed, value):
			root.Report(c.name, problem.NotAllowed, strings.Join(c.allowed, ", "))
		}
	}
	if stop, _ := root.TakeBool("doNotPerform"); stop {
		root.Report("doNotPerform", problem.BadValue, "false, since a prescription says what is to be done")
	}
}

func reader(data []byte) (*fhir.Reader, error) {
	r, err := fhir.NewReader(data, strictjson.Document())
	var bad *strictjson.Error
	if errors.As(err, &bad) {
		return nil, refuse("Resource", bad.Problems)
	} else if err != nil {
		return nil, fmt.Errorf("prescriptionfhir: %w", err)
	}
	return r, nil
}

// lost is what stands in data and does not come back in written.
func lost(name string, data []byte, written any) ([]Problem, error) {
	text, err := encode(written)
	if err != nil {
		return nil, err
	}
	r, err := reader(data)
	if err == nil {
		err = r.Root().EchoInPlace(text, strictjson.Document())
	}
	if err != nil {
		return nil, err
	}
	return notKept(name, r.Untaken()), nil
}
