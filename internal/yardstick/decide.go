package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"time"

	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

// declarations are where the declaration of sixty requirements is, seen from the
// root of the repository and from here.
var declarations = []string{"examples/declare/testdata/baseline.json", "../../examples/declare/testdata/baseline.json"}

// decideContest is the cost of a decision on a declaration that is read already,
// with a reason for each of sixty requirements in three languages: beside what
// the JSON Schema validator needs to look at its form.
func decideContest() (*contest, error) {
	data, err := firstFile(declarations)
	if err != nil {
		return nil, err
	}
	set, err := requirement.Get(requirement.Baseline)
	if err != nil {
		return nil, err
	}
	d, err := approval.CheckDeclaration(data, set)
	if err != nil {
		return nil, err
	}
	validate, err := validation(set, data)
	if err != nil {
		return nil, err
	}
	at := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	return &contest{name: "decide on 60 requirements", contestants: []contestant{
		{name: "verktoy: approval.Evaluate", prepare: always(func() error { return decided(d, set, at) })},
		{name: "santhosh-tekuri/jsonschema: Validate", most: 0.35, prepare: always(validate)},
	}}, nil
}

func decided(d *approval.SelfDeclaration, set *approval.RequirementSet, at time.Time) error {
	dec, err := approval.Evaluate(d, set, at)
	if err == nil && (!dec.Outcome.Approves() || len(dec.Reasons) != 60) {
		err = fmt.Errorf("%s with %d reasons", dec.Outcome, len(dec.Reasons))
	}
	return err
}

func validation(set *approval.RequirementSet, data []byte) (func() error, error) {
	text, err := set.Schema()
	if err != nil {
		return nil, err
	}
	parsed, err := validator.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	c := validator.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("set.json", parsed); err != nil {
		return nil, err
	}
	schema, err := c.Compile("set.json")
	if err != nil {
		return nil, err
	}
	document, err := validator.UnmarshalJSON(bytes.NewReader(data))
	return func() error { return schema.Validate(document) }, err
}

// always needs nothing prepared.
func always(work func() error) func(int) (func(int) error, error) {
	return func(int) (func(int) error, error) { return func(int) error { return work() }, nil }
}

func firstFile(names []string) (data []byte, err error) {
	for _, name := range names {
		if data, err = os.ReadFile(name); !errors.Is(err, os.ErrNotExist) {
			break
		}
	}
	return data, err
}
