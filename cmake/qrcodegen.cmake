# SPDX-License-Identifier: Apache-2.0
# QR Code generator library (Project Nayuki, MIT): text to modules.
tally_dependency(NAME qrcodegen HEADER qrcodegen/qrcodegen.hpp LIBRARIES qrcodegencpp PACKAGE libqrcodegencpp-dev)
