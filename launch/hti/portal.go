package hti

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/unset"
	"github.com/verktoykatalog/verktoy/launch"
)

// PortalConfig is a portal's identity. Issuer and Key are required.
type PortalConfig struct {
	// Issuer is what the tools know this portal by.
	Issuer string
	// Key signs the messages: a launch.KeyRing, which rotates by itself, or one
	// launch.SigningKey; publish its public half with launch.JWKSHandler ten
	// minutes before the first message.
	Key launch.Signer
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// Portal makes launch messages. It does not change and may be used concurrently.
type Portal struct{ cfg PortalConfig }

// NewPortal checks the configuration; the error names every fault.
func NewPortal(cfg PortalConfig) (*Portal, error) {
	var faults []string
	if cfg.Issuer == "" {
		faults = append(faults, "field Issuer is empty")
	}
	if unset.Is(cfg.Key) || cfg.Key == launch.Signer(launch.SigningKey{}) {
		faults = append(faults, "field Key is nil or the zero SigningKey")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if len(faults) > 0 {
		return nil, errors.New("hti: invalid PortalConfig: " + strings.Join(faults, "; "))
	}
	return &Portal{cfg}, nil
}

// DefaultLifetime is how long a message lives unless it says otherwise: long
// enough for a slow telephone.
const DefaultLifetime = 2 * time.Minute

// Message is one start of a tool. Audience, Actor and Task are required.
type Message struct {
	// Audience is the tool, as agreed with it.
	Audience string
	// Actor is the person who starts the tool: a random pseudonym that this
	// tool, and no other, knows the person by. Never an identity number.
	Actor launch.Party
	// Patient is the person it is about; leave it out when that is the actor.
	Patient launch.Party
	// Task is the task instance; its Type is Task or empty.
	Task launch.Party
	// Definition is the canonical URL of what is to be done; may be empty.
	Definition string
	// Intent is the portal's word for why, at most 64 characters; may be empty.
	Intent string
	// Lifetime is how long the message may be used. Zero means
	// [DefaultLifetime]; at most [MaxLifetime]; whole seconds.
	Lifetime time.Duration
	// Version is the HTI version of the message. Empty means [Version];
	// [Version11] is for a tool that has nothing newer: the task travels as FHIR
	// R4 with status requested, Intent must be a FHIR code (empty means plan),
	// and nobody but the patient can be the Actor.
	Version string
	// Lang is the language of the page that sends the message: nb, nn or en.
	// Empty means nb.
	Lang string
}

// ErrMessage is what a [Message] gives that must not be signed. The error names
// every fault and holds none of the message's values. Personal data in it is
// launch.KindPersonalData, too.
var ErrMessage = errors.New("hti: invalid Message")

// claims in the order of HTI 2.0, "Example message".
type claims struct {
	Issuer     string `json:"iss"`
	Audience   string `json:"aud"`
	ID         string `json:"jti"`
	Issued     int64  `json:"iat"`
	Expires    int64  `json:"exp"`
	Subject    string `json:"sub"`
	Resource   string `json:"resource,omitempty"`
	Definition string `json:"definition,omitempty"`
	Patient    string `json:"patient,omitempty"`
	Intent     string `json:"intent,omitempty"`
	Version    string `json:"hti-version,omitempty"`
	FHIR       string `json:"fhir-version,omitempty"`
	Task       *task  `json:"task,omitempty"`
}

// task in the order of HTI 1.1, "Mapping of the FHIR task".
type task struct {
	Type       string    `json:"resourceType"`
	ID         string    `json:"id"`
	Definition string    `json:"instantiatesCanonical,omitempty"`
	For        reference `json:"for"`
	Intent     string    `json:"intent"`
	Status     string    `json:"status"`
}

type reference struct {
	Reference string `json:"reference"`
}

// Mint checks and signs a message with a fresh random id. Nothing is stored. The
// error is [ErrMessage], or that of the key, such as [launch.ErrNoSigningKey].
func (p *Portal) Mint(m Message) (Outgoing, error) {
	if err := m.check(); err != nil {
		return Outgoing{}, err
	}
	now := p.cfg.Now().Truncate(time.Second)
	lifetime := m.Lifetime
	if lifetime == 0 {
		lifetime = DefaultLifetime
	}
	c := claims{Issuer: p.cfg.Issuer, Audience: m.Audience, ID: rand.Text(), Issued: now.Unix(), Expires: now.Add(lifetime).Unix(),
		Subject: m.Actor.String()}
	c.say(m)
	payload, err := json.Marshal(c)
	if err != nil {
		return Outgoing{}, fmt.Errorf("hti: %w", err)
	}
	token, err := p.cfg.Key.Sign("JWT", payload)
	return Outgoing{MessageID: c.ID, Expires: now.Add(lifetime).UTC(), lang: m.Lang, token: &token}, err
}

// say puts the message's content where its version has it.
func (c *claims) say(m Message) {
	if m.Version == Version11 {
		c.FHIR = "R4"
		c.Task = &task{Type: "Task", ID: m.Task.ID, Definition: m.Definition, For: reference{m.Actor.String()},
			Intent: cmp.Or(m.Intent, "plan"), Status: "requested"}
		return
	}
	c.Resource, c.Definition, c.Patient, c.Intent, c.Version = m.Task.String(), m.Definition, m.Patient.String(), m.Intent, Version
}

func (m Message) check() error {
	var faults []string
	for _, rule := range []struct {
		good bool
		text string
	}{
		{m.Audience != "", "field Audience is empty"},
		{valid(m.Actor) && isPerson(m.Actor), "field Actor is not " + wantPerson},
		{m.Patient == launch.Party{} || valid(m.Patient) && isPatient(m.Patient), "field Patient is not " + wantPatient},
		{valid(m.Task) && isTask(m.Task), "field Task is not " + wantTask},
		{m.Definition == "" || isDefinition(m.Definition), "field Definition is not " + wantDefinition},
		{isIntent(m.Intent), "field Intent is not " + wantIntent},
		{m.Version == "" || m.Version == Version || m.Version == Version11, "field Version is not one of " + Version + ", " + Version11},
		{m.Version != Version11 || m.Patient == launch.Party{} || m.Patient == m.Actor, "field Patient is not the Actor, as HTI 1.1 has it"},
		{m.Version != Version11 || m.Intent == "" || isCode(m.Intent), "field Intent is not " + wantCode + ", as HTI 1.1 has it"},
		{m.Lifetime >= 0 && m.Lifetime <= MaxLifetime && m.Lifetime%time.Second == 0, "field Lifetime is not whole seconds up to 5 min"},
		{m.Lang == "" || texts[m.Lang].title != "", "field Lang is not one of nb, nn, en"},
	} {
		if !rule.good {
			faults = append(faults, rule.text)
		}
	}
	switch {
	case m.personal():
		return fmt.Errorf("%w: %w", ErrMessage, launch.Refuse(launch.KindPersonalData, "pseudonyms: no identity numbers, e-mail addresses or names", nil))
	case len(faults) > 0:
		return fmt.Errorf("%w: %s", ErrMessage, strings.Join(faults, "; "))
	}
	return nil
}

func (m Message) personal() bool {
	return launch.PersonalData(m.Actor.String()) || launch.PersonalData(m.Patient.String()) || launch.PersonalData(m.Task.String()) ||
		strings.Contains(m.Intent, "@") || nationalid.Contains(m.Intent) || nationalid.Contains(m.Definition)
}

func valid(p launch.Party) bool {
	again, err := launch.ParseParty(p.String())
	return err == nil && again == p
}
