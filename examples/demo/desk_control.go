package main

import (
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// control is one field of a form. Its name is the place in the document that it fills.
type control struct {
	Pointer string
	Kind    controlKind
	Label   string
	Hint    string
	Value   string
	Options []option
	Class   string // when it is asked for, for the style sheet
	Lang    string // of what is written there, where that is not the page's
	Locked  bool   // shown and not to be changed
	Wrong   []string
}

type controlKind string

const (
	kindText   controlKind = "text"
	kindArea   controlKind = "area"
	kindDate   controlKind = "date"
	kindNumber controlKind = "number"
	kindSelect controlKind = "select"
	kindRadio  controlKind = "radio"
	kindChecks controlKind = "checks" // any number of the options
	kindYesNo  controlKind = "yesno"  // a radio whose value is a boolean
	kindTick   controlKind = "tick"
	kindFile   controlKind = "file"
)

type option struct {
	Value, Label string
	Chosen       bool
}

// ID is the control's place as an id in the page.
func (c control) ID() string { return idOf(c.Pointer) }

// Plausible says that a field for days can show the value.
func (c control) Plausible() bool {
	_, err := catalogue.ParseDate(c.Value)
	return c.Value == "" || err == nil
}

// DescribedBy names what is read out with the control.
func (c control) DescribedBy() string {
	var ids []string
	if c.Hint != "" {
		ids = append(ids, c.ID()+"-hint")
	}
	if len(c.Wrong) > 0 {
		ids = append(ids, c.ID()+"-wrong")
	}
	return strings.Join(ids, " ")
}

func idOf(pointer string) string {
	return strings.ReplaceAll(strings.TrimPrefix(pointer, "/"), "/", "-")
}

// chosen marks the options that are written at the control's place.
func (c control) chosen(values ...string) control {
	for i := range c.Options {
		for _, v := range values {
			c.Options[i].Chosen = c.Options[i].Chosen || c.Options[i].Value == v
		}
	}
	return c
}
