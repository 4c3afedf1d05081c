package catalogueapi

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/vendor"
)

// Invitation asks a citizen to take Config.Tool in use: a simplified tool task with a deadline. All but Link is required.
type Invitation struct {
	// ID is a GUID in lower case that the caller has stored before, such as a prescription's id. The same invitation sent again has the
	// same ID.
	ID string
	// Citizen is who is invited.
	Citizen Citizen
	// From is who invites; At is not sent.
	From Therapist
	// Deadline is when the task ends. It must be ahead, and is sent in whole seconds.
	Deadline time.Time
	// Link is where the citizen starts: https, at most 2,000 characters, without an identity number. Empty means the address that the
	// tool has in the catalogue.
	Link string
}

// Therapist is who has sent a tool. Name, HPR or Organisation is there; which of them the API gives is not public.
type Therapist struct {
	Name string
	// HPR is the number in the register of health personnel, up to nine digits.
	HPR string
	// Organisation and OrganisationName say for whom the therapist works.
	Organisation     vendor.OrgNumber
	OrganisationName string
	// At is when the tool was sent, in UTC; zero if that is not said.
	At time.Time
}

// Invited is what the API says of an invitation that it has taken.
type Invited struct {
	// Task is the id of the task that the citizen sees.
	Task string
	// Deadline is the task's, in UTC.
	Deadline time.Time
}

// Invite sends the invitation. The error is [ErrNotTool], [ErrInvalid], or one of the API's: [ErrNotActive] among them. After an error for
// which [OutcomeUnknown] is true the citizen may have been invited. Send it again only with the same ID, and only if Config.IdempotencyKeys
// is true; otherwise look for it first.
func (c *Client) Invite(ctx context.Context, i Invitation) (Invited, error) {
	k := call{op: OpInvite, path: c.cfg.Paths.Invite, status: []int{http.StatusOK, http.StatusCreated}, most: maxAnswer}
	if c.cfg.Tool == "" {
		return Invited{}, &Error{Operation: OpInvite, kind: ErrNotTool}
	}
	if faults := i.faults(c.cfg); len(faults) > 0 {
		return Invited{}, k.invalid(strings.Join(faults, "; "))
	}
	var err error
	if k.body, err = c.cfg.Wire.Invitation(c.cfg.Tool, i); err != nil {
		return Invited{}, k.invalid("Config.Wire.Invitation could not write it")
	}
	if c.cfg.IdempotencyKeys {
		k.key = i.ID
	}
	body, err := c.send(ctx, k)
	if err != nil {
		return Invited{}, err
	}
	got, err := c.cfg.Wire.Invited(body)
	if err != nil {
		return Invited{}, k.unusable(http.StatusOK, err.Error(), nil)
	}
	return got, nil
}

// Therapists says who has sent Config.Tool to the citizen, in the API's order; none if nobody has. The API shares it when the citizen has
// logged in and starts the tool, so the HTTP client probably has to carry the citizen's token: see [Client.With]. It may be asked again
// after any error, though an HTTP client that repeats by method alone will not.
func (c *Client) Therapists(ctx context.Context, citizen Citizen) ([]Therapist, error) {
	k := call{op: OpTherapists, path: c.cfg.Paths.Therapists, status: []int{http.StatusOK}, most: maxAnswer}
	switch {
	case c.cfg.Tool == "":
		return nil, &Error{Operation: OpTherapists, kind: ErrNotTool}
	case citizen.IsZero():
		return nil, k.invalid("want a citizen")
	}
	var err error
	if k.body, err = c.cfg.Wire.Question(c.cfg.Tool, citizen); err != nil {
		return nil, k.invalid("Config.Wire.Question could not write it")
	}
	body, err := c.send(ctx, k)
	if err != nil {
		return nil, err
	}
	list, err := c.cfg.Wire.Therapists(body)
	if err != nil {
		return nil, k.unusable(http.StatusOK, err.Error(), nil)
	}
	for _, t := range list {
		if fault := t.fault(); fault != "" {
			return nil, k.unusable(http.StatusOK, "want each therapist with "+fault, nil)
		}
	}
	return list, nil
}

// faults says what is wrong with an invitation.
func (i Invitation) faults(cfg Config) []string {
	var faults []string
	want := func(good bool, fault string) {
		if !good {
			faults = append(faults, fault)
		}
	}
	want(guid.MatchString(i.ID), "field ID is not a GUID in lower case")
	want(!i.Citizen.IsZero(), "field Citizen is not set")
	fault := i.From.fault()
	want(fault == "", "field From is not a therapist with "+fault)
	want(i.Deadline.After(cfg.Now()) && i.Deadline.Year() < 10_000, "field Deadline is not ahead")
	want(i.Link == "" || outbound.Secure(i.Link, cfg.AllowLoopback) && len(i.Link) <= 2000, "field Link is not an https address of at most 2,000 characters")
	want(!nationalid.Contains(unescaped(i.Link)), "field Link holds what may be an identity number")
	return faults
}

var (
	guid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	hpr  = regexp.MustCompile(`^[0-9]{1,9}$`)
)

// fault says what a therapist lacks.
func (t Therapist) fault() string {
	_, err := vendor.ParseOrgNumber(string(t.Organisation))
	switch {
	case t.Name == "" && t.HPR == "" && t.Organisation == "":
		return "a name, an HPR number or an organisation"
	case t.HPR != "" && !hpr.MatchString(t.HPR):
		return "an HPR number of up to nine digits"
	case t.Organisation != "" && err != nil:
		return err.Error()
	case !goodName(t.Name) || !goodName(t.OrganisationName):
		return "names of at most 200 characters without an identity number"
	}
	return ""
}

func goodName(name string) bool {
	return utf8.ValidString(name) && utf8.RuneCountInString(name) <= 200 && !nationalid.Contains(name)
}

// unescaped is a link as people read it, so that no number hides behind %31.
func unescaped(link string) string {
	if plain, err := url.PathUnescape(link); err == nil {
		return plain
	}
	return link
}
