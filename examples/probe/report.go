package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func report(o options, findings []launchtest.Finding, stdout io.Writer) error {
	if o.junit != "" {
		if err := writeJUnit(o, findings); err != nil {
			return err
		}
	}
	if o.json {
		return printJSON(stdout, o, findings)
	}
	return printTable(stdout, o, findings)
}

// probed is the JSON that other programs read.
type probed struct {
	Profile       string               `json:"profile"`
	URL           string               `json:"url"`
	Passed        int                  `json:"passed"`
	Failed        int                  `json:"failed"`
	NotJudged     int                  `json:"notJudged"`
	NotApplicable []notApplicable      `json:"notApplicable"`
	Findings      []launchtest.Finding `json:"findings"`
}

type notApplicable struct {
	Row string `json:"row"`
	Why string `json:"why"`
}

// outside are the rows that HTI has no use for; those that logins have none of are not in their list.
func outside(profile string) []notApplicable {
	list := []notApplicable{}
	if profile != "hti" {
		return list
	}
	for _, r := range launchtest.Rows() {
		if r.NotApplicable != "" {
			list = append(list, notApplicable{r.ID, r.NotApplicable})
		}
	}
	return list
}

func printJSON(stdout io.Writer, o options, findings []launchtest.Finding) error {
	out := json.NewEncoder(stdout)
	out.SetIndent("", "  ")
	shown := []launchtest.Finding{}
	for _, f := range findings {
		if !o.onlyFailing || f.Outcome == launchtest.Failed {
			shown = append(shown, f)
		}
	}
	return out.Encode(probed{o.profile, o.target.URL, launchtest.Count(findings, launchtest.Passed), launchtest.Count(findings, launchtest.Failed),
		launchtest.Count(findings, launchtest.NotJudged), outside(o.profile), shown})
}

func printTable(stdout io.Writer, o options, findings []launchtest.Finding) error {
	w := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	for _, f := range findings {
		if !o.onlyFailing || f.Outcome == launchtest.Failed {
			fmt.Fprintf(w, "%s\t%s\t%s\twant %s\t%s\n", f.Outcome, strings.Join(f.Rows, " "), f.Case, f.Want, f.Why)
		}
	}
	fmt.Fprintf(w, "%d passed, %d failed, %d not judged", launchtest.Count(findings, launchtest.Passed), launchtest.Count(findings, launchtest.Failed),
		launchtest.Count(findings, launchtest.NotJudged))
	if n := len(outside(o.profile)); n > 0 {
		fmt.Fprintf(w, "; %d rows do not apply to HTI 2.0", n)
	}
	fmt.Fprintln(w)
	return w.Flush()
}

// The form that build servers read, as JUnit's Ant task writes it.
type testSuite struct {
	XMLName  xml.Name   `xml:"testsuite"`
	Name     string     `xml:"name,attr"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Skipped  int        `xml:"skipped,attr"`
	Cases    []testCase `xml:"testcase"`
}

type testCase struct {
	Class   string   `xml:"classname,attr"`
	Name    string   `xml:"name,attr"`
	Failure *message `xml:"failure,omitempty"`
	Skipped *message `xml:"skipped,omitempty"`
}

type message struct {
	Message string `xml:"message,attr"`
}

func writeJUnit(o options, findings []launchtest.Finding) error {
	suite := testSuite{Name: "launch " + o.profile, Tests: len(findings), Failures: launchtest.Count(findings, launchtest.Failed), Skipped: launchtest.Count(findings, launchtest.NotJudged)}
	for _, f := range findings {
		c := testCase{Class: "launch." + o.profile, Name: strings.Join(f.Rows, " ") + ": " + f.Case}
		switch f.Outcome {
		case launchtest.Failed:
			c.Failure = &message{"want " + f.Want + ": " + f.Why}
		case launchtest.NotJudged:
			c.Skipped = &message{f.Why}
		}
		suite.Cases = append(suite.Cases, c)
	}
	data, err := xml.MarshalIndent(suite, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(o.junit, append([]byte(xml.Header), data...), 0o644)
}
