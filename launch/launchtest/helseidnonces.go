package launchtest

import (
	"crypto/rand"
	"net/http"
	"sync"
)

// helseIDNonces are the DPoP nonces of each server, which no other server takes. RFC 9449, sections 8 and 9.
type helseIDNonces struct {
	mu       sync.Mutex
	required bool
	current  map[string]string // by server; only this one is taken
	offers   int               // how often new ones were offered
	offered  map[string]int    // by server: the last offer that it has handed out
}

// DemandNonce makes new nonces: from now on every proof needs the one that its
// server hands out, and all earlier ones are refused with use_dpop_nonce.
func (h *HelseID) DemandNonce() {
	h.nonces.mu.Lock()
	defer h.nonces.mu.Unlock()
	h.nonces.required, h.nonces.current = true, nil
}

// OfferNonce lets each server give a new nonce with its next good answer. It
// takes no other after that. RFC 9449, section 8.2.
func (h *HelseID) OfferNonce() {
	h.nonces.mu.Lock()
	defer h.nonces.mu.Unlock()
	h.nonces.offers++
}

// check: a server that has handed out a nonce wants it, whether it asks for one or not.
func (n *helseIDNonces) check(server, nonce string) *helseIDRefusal {
	n.mu.Lock()
	defer n.mu.Unlock()
	current := n.current[server]
	if current == "" && !n.required || current != "" && nonce == current {
		return nil
	}
	return refusal(useNonce, "the nonce in DPoP-Nonce")
}

// demand puts the server's nonce into a refusal.
func (n *helseIDNonces) demand(w http.ResponseWriter, server string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.current[server] == "" {
		n.renew(server)
	}
	w.Header().Set("DPoP-Nonce", n.current[server])
}

// announce puts a new nonce, if one is on offer, into a good answer.
func (n *helseIDNonces) announce(w http.ResponseWriter, server string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.offered[server] == n.offers {
		return
	}
	if n.offered == nil {
		n.offered = map[string]int{}
	}
	n.offered[server] = n.offers
	n.renew(server)
	w.Header().Set("DPoP-Nonce", n.current[server])
}

func (n *helseIDNonces) renew(server string) {
	if n.current == nil {
		n.current = map[string]string{}
	}
	n.current[server] = rand.Text()
}
