package main

import (
	"context"
	"net/url"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
	"github.com/verktoykatalog/verktoy/prescription"
)

// startable says whether a person may start a task now, for whomever it is.
func (p *portal) startable(who citizen, id string) (citizenTask, error) {
	t, found := p.task(id)
	whose, known := find(p.people, t.citizen)
	if !found || !known || !mayUse(who, whose) {
		return t, errNoTask
	}
	tool, found := p.catalogue.Get(catalogue.ToolID(t.Tool))
	switch {
	case !found:
		return t, errNoTool
	case endings[t.State] != nil:
		return t, endings[t.State]
	case who.id != whose.id && !forAnother(tool):
		return t, errNotOnBehalf
	case !p.now().Before(t.Deadline):
		return t, errDeadline
	}
	return t, tool.CheckStart(p.now())
}

// forAnother says whether a parent can start a tool for a child: one that knows
// nobody, or one whose login tells of both. A signed message says nothing of who
// is whose parent.
func forAnother(tool catalogue.Tool) bool {
	return tool.Access.WithoutLogin || tool.Access.OnBehalf && profile(tool) != catalogue.ProfileHTI
}

// endings are why a task in such a state cannot be started.
var endings = map[prescription.State]error{
	prescription.Completed: errDone, prescription.Declined: errDeclined, prescription.Expired: errDeadline, prescription.Cancelled: errTakenBack,
	prescription.CancelAsked: errAsked, prescription.EnteredInError: errTakenBack, prescription.Failed: errTakenBack,
}

// profile is how a tool is opened: by a login at Helsenorge, by a signed message, or by a link.
func profile(tool catalogue.Tool) string {
	if len(tool.Start) == 0 {
		return catalogue.ProfileLink
	}
	return tool.Start[0].Profile
}

// startAddress is where a tool begins the login at Helsenorge: that is all that
// travels in the address. The demo's tool stands in for every tool.
func (p *portal) startAddress(id string) string {
	return p.toolURL + startPath + "?" + url.Values{"task": {id}}.Encode()
}

// sign makes the message that the citizen's browser carries to a tool that takes those.
func (p *portal) sign(ctx context.Context, t citizenTask, lang catalogue.Lang) (hti.Outgoing, error) {
	patient, err := p.pseudonyms.For(ctx, p.toolURL, t.citizen)
	if err != nil {
		return hti.Outgoing{}, err
	}
	return p.minter.Mint(hti.Message{
		Audience:   p.toolURL,
		Actor:      launch.Party{Type: "Patient", ID: patient},
		Task:       launch.Party{Type: "Task", ID: t.ID},
		Definition: p.toolURL + "/ActivityDefinition/" + url.PathEscape(t.Tool),
		Intent:     "perform",
		Lang:       string(lang),
	})
}

// isTheirs says whether a tool's pseudonym is the one of the citizen whose task it is.
func (p *portal) isTheirs(ctx context.Context, t citizenTask, pseudonym string) bool {
	signed, err := p.pseudonyms.For(ctx, p.toolURL, t.citizen)
	return pseudonym != "" && (pseudonym == p.login.Subject(toolClient, t.citizen) || err == nil && pseudonym == signed)
}

// toolClient is what the simulated Helsenorge knows the tool as.
const toolClient = "demo-tool"

// newLogin makes the simulated Helsenorge, at which the demo's people log in to
// the tool. Browsers reach it at the portal's address; the tool calls it within
// the process, so that the demo needs no further port.
func newLogin(urls [3]string, people []citizen, pair keyPair, now func() time.Time) (*launchtest.Helsenorge, error) {
	keys, err := launch.NewStaticKeys(pair.tool.Public())
	if err != nil {
		return nil, err
	}
	cfg := launchtest.HelsenorgeConfig{Key: pair.login, Portal: urls[1], ForgetSecrets: true, Now: now, Clients: []launchtest.HelsenorgeClient{{
		ID: toolClient, Name: "Øvelser for deg", RedirectURIs: []string{urls[2] + callbackPath}, Keys: keys, OnBehalf: true}}}
	for _, c := range people {
		known := launchtest.Citizen{ID: c.id, Name: c.name, NoLogin: c.small, NationalID: c.nationalID.Reveal("let the citizen log in at the simulator")}
		for _, child := range c.children {
			known.Represents = append(known.Represents, launchtest.Representation{Citizen: child, Relation: launchtest.RelationChild})
		}
		cfg.Citizens = append(cfg.Citizens, known)
	}
	return launchtest.MakeHelsenorge(cfg)
}
