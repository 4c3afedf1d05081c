package launch

import (
	"errors"
	"net"
	"net/url"
	"strings"
	"time"
)

// faults collects what is wrong with a configuration, to report all of it at once.
type faults []string

func (f *faults) check(good bool, text string) {
	if !good {
		*f = append(*f, text)
	}
}

func (f faults) err(config string) error {
	if len(f) == 0 {
		return nil
	}
	return errors.New("launch: invalid " + config + ": " + strings.Join(f, "; "))
}

func within(d, most time.Duration) bool { return d >= 0 && d <= most }

// secure says whether the address is https, or http on this machine if that is allowed.
func secure(address string, loopback bool) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	return u.Scheme == "https" || loopback && u.Scheme == "http" && isLoopback(u.Hostname())
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
