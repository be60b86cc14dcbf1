"""What customerkit brings to the frameworks of other projects."""
