package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
	"github.com/verktoykatalog/verktoy/prescription"
)

// play runs the story step by step, the way the sites would be used, and stops at the first step that breaks.
func play(ctx context.Context, o options, out io.Writer) error {
	o.addr = "127.0.0.1:0"
	w, err := newWorld(ctx, o)
	if err != nil {
		return err
	}
	defer w.close()
	s := &script{world: w, run: newKey()}
	for _, step := range s.steps() {
		text, err := step.run(ctx)
		if err != nil {
			return fmt.Errorf("step %q broke: %w", step.name, err)
		}
		fmt.Fprintf(out, "%-24s %s\n", step.name, text)
	}
	return nil
}

// script holds what one step leaves for the next.
type script struct {
	*world
	run     string // makes the keys of this play its own, where the database was used before
	file    *file  // the demo tool's at the desk
	sent    prescription.Prescription
	browser *browser
	answer  *launchtest.Callback // of the last login
}

type step struct {
	name string
	run  func(context.Context) (string, error)
}

func (s *script) steps() []step {
	return append(s.deskSteps(), []step{
		{"4 search", s.search},
		{"5 rolled back", s.rollBack},
		{"5 prescribe", s.prescribe},
		{"5 hand over", s.handOver},
		{"6 open", s.openTask},
		{"6 launch", s.launch},
		{"6 launch again", s.launchAgain},
		{"6 launch changed", s.launchChanged},
		{"6 somebody else", s.launchOther},
		{"7 report start", s.reportStart},
		{"7 pause", s.pause},
		{"7 transfer", s.transfer},
		{"7 report done", s.reportDone},
		{"7 duplicate and late", s.reportAgain},
		{"7 what the EPR sees", s.see},
		{"8 for a child", s.forChild},
		{"8 without prescription", s.startAlone},
		{"8 signed message", s.signedMessage},
		{"8 cancel", s.cancelBegun},
		{"8 declined", s.declined},
		{"8 suspended", s.suspended},
		{"8 withdrawn", s.withdrawn},
		{"8 taken back", s.takenBack},
		{"8 expired", s.expired},
		{"9 statistics", s.count},
	}...)
}

func (s *script) search(context.Context) (string, error) {
	const words = "redd for å snakke foran folk"
	result, err := s.catalogue.Index().Search(catalogue.Query{Text: words, Lang: "nb", Limit: 5})
	if err != nil {
		return "", err
	}
	for i, hit := range result.Hits {
		if hit.ID == demoTool && len(hit.Why) > 0 {
			return fmt.Sprintf("%q finds %d tools; %s is number %d, by the word %q in its %s",
				words, result.Total, hit.ID, i+1, hit.Why[0].Term, hit.Why[0].Field), nil
		}
	}
	return "", fmt.Errorf("%q does not find %s among the first five", words, demoTool)
}

func (s *script) key(name string) string { return name + "-" + s.run }

func (s *script) order(id catalogue.ToolID, key string) (order, error) {
	tool, found := s.catalogue.Get(id)
	if !found || len(tool.Units) == 0 {
		return order{}, fmt.Errorf("%s has no unit to prescribe", id)
	}
	return order{by: colleagues[0].Actor, key: key, tool: id, unit: tool.Units[0].ID, patient: s.clinician.people[0], note: "sent a digital tool",
		acknowledged: true, second: prescription.ReasonOther}, nil
}

// rollBack prescribes in a transaction of the EPR's own that the EPR then gives up: nothing may be left.
func (s *script) rollBack(ctx context.Context) (string, error) {
	o, err := s.order(demoTool, s.key("visit-1"))
	if err != nil {
		return "", err
	}
	p, err := s.clinician.abandon(ctx, o)
	if err != nil {
		return "", err
	}
	rows, err := s.clinician.rowsOf(ctx, p.ID)
	if err != nil {
		return "", err
	}
	if rows != (counts{}) {
		return "", fmt.Errorf("%s left rows behind: %s", p.ID, rows)
	}
	return fmt.Sprintf("%s left %s", p.ID, rows), nil
}

func (s *script) prescribe(ctx context.Context) (string, error) {
	o, err := s.order(demoTool, s.key("visit-1"))
	if err != nil {
		return "", err
	}
	p, err := s.clinician.prescribe(ctx, o)
	if err != nil {
		return "", err
	}
	again, err := s.clinician.prescribe(ctx, o)
	if err != nil {
		return "", fmt.Errorf("the same click again: %w", err)
	}
	rows, err := s.clinician.rowsOf(ctx, p.ID)
	if err != nil {
		return "", err
	}
	if want := (counts{1, 1, 1, 1}); rows != want || again.ID != p.ID {
		return "", fmt.Errorf("%s has %s (the second click gave %s), want %s", p.ID, rows, again.ID, want)
	}
	s.sent = p
	return fmt.Sprintf("%s of %s/%s has %s; a second click changed nothing", p.ID, p.Tool, p.Unit, rows), nil
}

func (s *script) handOver(ctx context.Context) (string, error) {
	n, err := s.clinician.handOver(ctx)
	if err != nil {
		return "", err
	}
	p, err := s.expect(ctx, prescription.Delivered)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d message delivered, task %s is %s until %s", n, p.ID, p.State, p.Expires.Format(time.DateOnly)), nil
}

// expect reads the prescription and wants it in a state.
func (s *script) expect(ctx context.Context, want prescription.State) (prescription.Prescription, error) {
	p, err := s.clinician.service.Get(ctx, s.clinician.store, s.sent.ID)
	if err == nil && p.StateAt(s.clock.now()) != want {
		err = fmt.Errorf("%s is %s, want %s", p.ID, p.StateAt(s.clock.now()), want)
	}
	return p, err
}
