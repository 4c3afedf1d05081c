package launchtest

import (
	"crypto/rand"
)

// field of the form that goes to the tool.
type field struct{ Name, Value string }

// callback gives the browser a code to carry to the tool.
func (h *Helsenorge) callback(x *exchange, l login, patient string, relation Relation) error {
	if h.misbehaves(BadErrorMarkup) {
		return h.callbackError(x, l.pushed, "")
	}
	g := &grant{client: l.pushed.client, actor: l.citizen, patient: patient, relation: relation, since: l.since, offline: l.pushed.offline}
	code := rand.Text()
	h.mu.Lock()
	h.state.codes[code] = &issuedCode{pushed: l.pushed, grant: g, expires: x.now.Add(h.cfg.CodeLife)}
	h.secret(code)
	h.mu.Unlock()
	return h.callbackPage(x, l.pushed, true, field{"code", code})
}

// callbackError tells the tool that there is no login.
func (h *Helsenorge) callbackError(x *exchange, p pushed, description string) error {
	return h.callbackPage(x, p, true, h.errorFields(description)...)
}

const markup = `<script>alert("helsenorge")</script><img src=x onerror=alert(1)>&lt;b&gt;`

func (h *Helsenorge) errorFields(description string) []field {
	if h.misbehaves(BadErrorMarkup) {
		description = markup
	}
	return []field{{"error", "access_denied"}, {"error_description", description}}
}

// answerFields are the fields of every callback: state, and perhaps iss.
func (h *Helsenorge) answerFields(p pushed) []field {
	state, issuer := p.state, h.Issuer()
	if h.misbehaves(BadCallbackState) {
		state = rand.Text()
	}
	wrong := h.misbehaves(BadCallbackIssuer)
	if wrong {
		issuer = otherIssuer
	}
	if wrong || h.cfg.CallbackIssuer {
		return []field{{"state", state}, {"iss", issuer}}
	}
	return []field{{"state", state}}
}
